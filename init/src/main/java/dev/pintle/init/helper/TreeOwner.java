package dev.pintle.init.helper;

import dev.pintle.init.program.Output;
import dev.pintle.init.sys.Errno;
import dev.pintle.init.sys.FileFacts;
import dev.pintle.init.sys.ToolSys;
import java.util.ArrayList;
import java.util.List;

/**
 * Walks trees and changes owners where they are wrong.
 *
 * <p>Whoever owns a part of the tree may change it meanwhile, so no path is ever followed from the top again: the walk
 * enters each directory by a descriptor that is no link's, looks at names within it, and climbs back only to the directory
 * that it came from. On the way to the tree itself, links are followed where they are root's or this user's. Depth costs a list, no recursion and no descriptor, and paths may be longer than the kernel takes.
 */
final class TreeOwner {
    /** A directory that is being walked: what is left in it, and which file it is. */
    private static final class Level {
        final String path;
        final long device;
        final long inode;
        final List<String> left = new ArrayList<>();

        Level(String path, FileFacts facts) {
            this.path = path;
            device = facts.device;
            inode = facts.inode;
        }
    }

    private static final int STAYS = -1;

    private final ToolSys sys;
    private final Output output;
    private final int userId;
    private final int groupId;
    private final FileFacts facts = new FileFacts();
    private final List<Level> levels = new ArrayList<>();
    private long failures;

    boolean dry;
    boolean verbose;
    boolean oneFileSystem;

    TreeOwner(ToolSys sys, Output output, int userId, int groupId) {
        this.sys = sys;
        this.output = output;
        this.userId = userId;
        this.groupId = groupId;
    }

    long failures() {
        return failures;
    }

    /** Gives a file, or a directory and all below it. */
    void give(String path) {
        int start = sys.open(".", ToolSys.READ | ToolSys.DIRECTORY_ITSELF, 0);
        if (start < 0) {
            fail("open", "the working directory", start);
            return;
        }
        String shortened = withoutSlashes(path);
        int slash = shortened.lastIndexOf('/');
        int result = slash < 0 || shortened.equals("/") ? 0 : enterTrusted(shortened.substring(0, slash) + "/.");
        if (result < 0) {
            fail("look at", path, result);
        } else {
            look(slash < 0 || shortened.equals("/") ? shortened : shortened.substring(slash + 1), shortened);
        }
        while (!levels.isEmpty()) {
            step();
        }
        sys.enterDirectory(start);
        sys.close(start);
    }

    /** With a slash at its end a link would be followed. */
    private static String withoutSlashes(String path) {
        int end = path.length();
        while (end > 1 && path.charAt(end - 1) == '/') {
            end--;
        }
        return path.substring(0, end);
    }

    /** The way to a tree may lead through directories of others too: a link is followed only where it is root's or ours. */
    private int enterTrusted(String path) {
        int directory = sys.open(path, ToolSys.READ | ToolSys.TRUSTED | ToolSys.WITHOUT_WAITING, 0);
        int result = directory < 0 ? directory : sys.enterDirectory(directory);
        sys.close(directory);
        return result;
    }

    /** Takes the next name of the deepest directory, or climbs. */
    private void step() {
        Level level = levels.get(levels.size() - 1);
        int last = level.left.size() - 1;
        if (last >= 0) {
            String name = level.left.remove(last);
            look(name, level.path + "/" + name);
            return;
        }
        levels.remove(levels.size() - 1);
        if (!levels.isEmpty()) {
            climb(levels.get(levels.size() - 1));
        }
    }

    /** One that was moved meanwhile leads elsewhere: then the walk ends, rather than change a stranger's files. */
    private void climb(Level to) {
        int result = sys.changeDirectory("..");
        if (result == 0) {
            result = sys.statLink(".", facts);
        }
        if (result < 0 || facts.device != to.device || facts.inode != to.inode) {
            fail("go back to", to.path, result < 0 ? result : -Errno.ENOENT);
            levels.clear();
        }
    }

    private void look(String name, String path) {
        int result = sys.statLink(name, facts);
        if (result < 0) {
            fail("look at", path, result);
            return;
        }
        boolean wrong = (userId != STAYS && facts.userId != userId) || (groupId != STAYS && facts.groupId != groupId);
        if (wrong) {
            change(name, path);
        }
        boolean elsewhere = oneFileSystem && !levels.isEmpty() && levels.get(0).device != facts.device;
        if (facts.directory && !elsewhere) {
            enter(name, path);
        }
    }

    private void change(String name, String path) {
        if (verbose) {
            output.print(path);
        }
        int result = dry ? 0 : sys.changeLinkOwner(name, userId, groupId);
        if (result < 0) {
            fail("change the owner of", path, result);
        }
    }

    private void enter(String name, String path) {
        int directory = sys.open(name, ToolSys.READ | ToolSys.DIRECTORY_ITSELF, 0);
        int result = directory < 0 ? directory : sys.enterDirectory(directory);
        sys.close(directory);
        if (result < 0) {
            fail("enter", path, result);
            return;
        }
        result = sys.statLink(".", facts);
        if (result < 0) {
            fail("look at", path, result);
            levels.clear();
            return;
        }
        Level level = new Level(path.equals("/") ? "" : path, facts);
        levels.add(level);
        List<String> names = sys.list(".");
        if (names == null) {
            fail("list", path, -Errno.EACCES);
        } else {
            level.left.addAll(names);
        }
    }

    private void fail(String verb, String path, int result) {
        failures++;
        output.complain("cannot " + verb + " " + path + ": " + Errno.describe(-result));
    }
}
