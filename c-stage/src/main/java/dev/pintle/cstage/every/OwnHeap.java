package dev.pintle.cstage.every;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.pintle.cstage.edit.AddedC;
import dev.pintle.cstage.edit.Editor;
import dev.pintle.cstage.edit.Rewrite;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Puts our {@code memory.c} and {@code memory.h} in the place of TeaVM's: the address space of the heap is ours, as the collector is
 * (module {@code collector}). Ours stands in for the files of one version, so TeaVM's must be the same to the byte.
 */
public final class OwnHeap implements Rewrite {
    @Override
    public String name() {
        return "the heap";
    }

    @Override
    public void apply(Editor editor) {
        replace("memory.c", "d685e2f0f8b3983d5886b48ece7d83298b864893f3c80701ed11cc779a51ada2", editor);
        replace("memory.h", "7d949afc785f5bab9fb8f38d4e7dc1051089ab648e8072d8f3105a3cf54bf084", editor);
    }

    private static void replace(String file, String expected, Editor editor) {
        String found = sha256(editor.tree().text(file));
        if (!found.equals(expected)) {
            editor.miss(
                    "expected a " + file + " of SHA-256 " + expected + ", which ours stands in for, found " + found);
        }
        editor.tree().put(file, AddedC.read(file));
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(ISO_8859_1)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
