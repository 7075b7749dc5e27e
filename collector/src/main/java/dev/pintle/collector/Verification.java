package dev.pintle.collector;

import org.teavm.interop.Address;
import org.teavm.interop.Unmanaged;
import org.teavm.runtime.Mutator;
import org.teavm.runtime.RuntimeArray;
import org.teavm.runtime.RuntimeClass;
import org.teavm.runtime.RuntimeObject;
import org.teavm.runtime.ShadowStack;

/** What the verifying build looks at: every reference that is followed, and after a collection all that is left. */
@Unmanaged
final class Verification {
    /** Bits of an object's first word that are set during a collection only, but for the one of a pinned object. */
    private static final int PINNED_BITS = 0x60000000;

    private Verification() {}

    /** Ends the program where this is not an object that the collector may follow. */
    static void object(Address address) {
        byte state = Blocks.state(Blocks.of(address));
        RuntimeObject object = address.toStructure();
        int word = object.classReference & ~PINNED_BITS;
        if ((address.toLong() & Objects.ALIGNMENT - 1) != 0
                || state == Blocks.FREE
                || state == Blocks.REST
                || state == Blocks.COPIED
                || word <= 0
                || !Reservation.isClass(RuntimeClass.unpack(word).toAddress())) {
            Reservation.broken(3);
        }
    }

    /** After a collection: all that roots and copies name are objects, and none bears a mark of the collection. */
    static void run(Address firstCopy, Address copiesEnd) {
        checkFrames();
        Address root = Mutator.getStaticGCRoots();
        int count = root.getInt();
        for (int i = 0; i < count; i++) {
            root = root.add(Address.sizeOf());
            check(root.getAddress().getAddress());
        }
        for (RuntimeClass type = RuntimeClass.first(); type.toAddress().toLong() != 0; type = type.next) {
            check(type.toAddress().getAddress());
        }
        checkCopies(firstCopy, copiesEnd);
    }

    private static void checkFrames() {
        Address frame = ShadowStack.getStackTop();
        while (frame.toLong() != 0) {
            Address slot = ShadowStack.getStackRootPointer(frame);
            for (int i = ShadowStack.getStackRootCount(frame); i > 0; i--) {
                Address object = slot.getAddress();
                check(object);
                if (Blocks.isInHeap(object)) {
                    checkReferences(object);
                }
                slot = slot.add(Address.sizeOf());
            }
            frame = ShadowStack.getNextStackFrame(frame);
        }
    }

    private static void checkCopies(Address from, Address end) {
        Address at = from;
        while (at.toLong() != end.toLong()) {
            RuntimeObject object = at.toStructure();
            if (object.classReference == 0) {
                at = Blocks.address(object.hashCode);
            } else {
                check(at);
                checkReferences(at);
                at = at.add(Objects.size(object, RuntimeClass.unpack(object.classReference)));
            }
        }
    }

    private static void checkReferences(Address address) {
        RuntimeObject object = address.toStructure();
        RuntimeClass type = RuntimeClass.unpack(object.classReference);
        if (type.itemType == null) {
            checkFields(address, type);
        } else if (!RuntimeClass.isPrimitive(type.itemType)) {
            RuntimeArray array = address.toStructure();
            Address item = Objects.items(address, Address.sizeOf());
            for (int i = array.size; i > 0; i--) {
                check(item.getAddress());
                item = item.add(Address.sizeOf());
            }
        }
    }

    private static void checkFields(Address object, RuntimeClass type) {
        for (RuntimeClass at = type; at.toAddress().toLong() != 0; at = at.superclass) {
            Address layout = at.layout;
            if (layout.toLong() != 0) {
                for (int i = layout.getShort(); i > 0; i--) {
                    layout = layout.add(2);
                    check(object.add(layout.getShort()).getAddress());
                }
            }
        }
    }

    private static void check(Address address) {
        if (Blocks.isInHeap(address)) {
            RuntimeObject object = address.toStructure();
            object(address);
            if ((object.classReference & PINNED_BITS) != 0) {
                Reservation.broken(4);
            }
        }
    }
}
