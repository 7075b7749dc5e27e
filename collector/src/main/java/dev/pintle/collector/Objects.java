package dev.pintle.collector;

import org.teavm.interop.Address;
import org.teavm.interop.Structure;
import org.teavm.interop.Unmanaged;
import org.teavm.runtime.RuntimeArray;
import org.teavm.runtime.RuntimeClass;
import org.teavm.runtime.RuntimeObject;

/** How objects lie in memory: their sizes, in bytes, are multiples of {@link #ALIGNMENT}. */
@Unmanaged
public final class Objects {
    /** What an object's address and size are multiples of, on 32 bits too: items of eight bytes are found by address. */
    static final int ALIGNMENT = 8;

    private Objects() {}

    /** The size of an object that is not an array. */
    public static int plainSize(RuntimeClass type) {
        return (type.size + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** The size of an array; more than an int holds for lengths that no heap has room for. */
    public static long arraySize(RuntimeClass type, int length) {
        int item = itemSize(type);
        return (headerSize(item) + (long) item * length + ALIGNMENT - 1) & -ALIGNMENT;
    }

    /** The size of an object of this class. */
    public static int size(RuntimeObject object, RuntimeClass type) {
        if (type.itemType == null) {
            return plainSize(type);
        }
        RuntimeArray array = object.toAddress().toStructure();
        return (int) arraySize(type, array.size);
    }

    /** Where the items of an array begin. */
    public static Address items(Address array, int itemSize) {
        return array.add(headerSize(itemSize));
    }

    private static int headerSize(int itemSize) {
        return (Structure.sizeOf(RuntimeArray.class) + itemSize - 1) & -itemSize;
    }

    private static int itemSize(RuntimeClass type) {
        return RuntimeClass.isPrimitive(type.itemType) ? type.itemType.size : Address.sizeOf();
    }
}
