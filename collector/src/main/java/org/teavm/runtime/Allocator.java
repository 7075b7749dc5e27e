package org.teavm.runtime;

import dev.pintle.collector.Collection;
import dev.pintle.collector.Objects;
import org.teavm.interop.Address;
import org.teavm.interop.StaticInit;
import org.teavm.interop.Unmanaged;

/**
 * Stands in the place of TeaVM's class of this name, whose sizes can wrap around and whose copies read past the end of an
 * array of bytes.
 */
@Unmanaged
@StaticInit
public final class Allocator {
    private Allocator() {}

    public static Address allocate(RuntimeClass type) {
        return make(type, Objects.plainSize(type));
    }

    /** Throws {@code NegativeArraySizeException}, and {@code OutOfMemoryError} for what no heap can hold. */
    public static Address allocateArray(RuntimeClass type, int length) {
        if (length < 0) {
            ExceptionHandling.throwException(new NegativeArraySizeException());
        }
        long size = Objects.arraySize(type, length);
        Address result = make(type, size > Integer.MAX_VALUE ? Integer.MAX_VALUE : (int) size);
        RuntimeArray array = result.toStructure();
        array.size = length;
        return result;
    }

    private static Address make(RuntimeClass type, int size) {
        RuntimeObject object = GC.alloc(size);
        Address.fillZero(object.toAddress(), size);
        object.classReference = type.pack();
        return object.toAddress();
    }

    /** Not made: the build fails where a program calls it, since no frame names an outer array while inner ones are made. */
    public static RuntimeArray allocateMultiArray(RuntimeClass type, Address dimensions, int dimensionCount) {
        ExceptionHandling.abort();
        return null;
    }

    /** What {@code Object.clone} does, after it has tested that it may: called in the place of TeaVM's own. */
    public static RuntimeObject copy(RuntimeObject original) {
        RuntimeClass type = RuntimeClass.getClass(original);
        int size = Objects.size(original, type);
        Collection.hold(original.toAddress());
        RuntimeObject copy = GC.alloc(size);
        Collection.hold(Address.fromInt(0));
        Address.moveMemoryBlock(original.toAddress(), copy.toAddress(), size);
        copy.classReference = type.pack();
        copy.hashCode = 0;
        return copy;
    }
}
