package dev.pintle.collector;

import org.teavm.interop.Address;
import org.teavm.interop.Unmanaged;
import org.teavm.runtime.Mutator;
import org.teavm.runtime.RuntimeArray;
import org.teavm.runtime.RuntimeClass;
import org.teavm.runtime.RuntimeObject;
import org.teavm.runtime.ShadowStack;

/**
 * One collection: what frames name is marked where it is, and what can be reached from there, from static fields and from
 * classes is copied, or marked where it is large. The copies are their own list of what is still to be looked at.
 */
// An Address is a number, which is zero at first and never null.
@SuppressWarnings("NullAway")
@Unmanaged
public final class Collection {
    /** The bits of an object's first word that are its class. The others are set during a collection only. */
    private static final int CLASS = 0x1FFFFFFF;

    /** The object was copied: the word's other bits are its place, in units of {@link Objects#ALIGNMENT}. */
    private static final int COPIED = 0x80000000;

    /** A frame names the object. */
    private static final int PINNED = 0x40000000;

    /** What the pinned object refers to was looked at. */
    private static final int SCANNED = 0x20000000;

    private static final int ALIGNMENT_SHIFT = 3;

    /** An object that no frame names and that must not move all the same. */
    private static Address held;

    /** The next copy whose references are those of its original. */
    private static Address scan;

    private static Address firstCopy;

    /** The last large object that was reached, by its first block, and one more: zero is none. Each has the one before. */
    private static int reached;

    private Collection() {}

    /** Keeps one object where it is, or none where the address is zero. */
    public static void hold(Address object) {
        held = object;
    }

    /** Frees what cannot be reached. Makes no system call, needs no memory of its own, and does not fail. */
    public static void run() {
        Reservation.collectionBegins();
        reached = 0;
        scan = Address.fromInt(0);
        firstCopy = scan;
        Space.beginCopies();
        pin(held);
        pinClassObjects();
        pinFrames();
        forwardStaticFields();
        scanPinned(held);
        scanClassObjects();
        scanFrames();
        scanReached();
        unpin(held);
        unpinClassObjects();
        unpinFrames();
        Space.endCopies();
        if (Reservation.isVerified()) {
            Verification.run(firstCopy, Space.copiesEnd());
        }
        Reservation.collectionEnds();
    }

    // Frames.

    private static void pinFrames() {
        Address frame = ShadowStack.getStackTop();
        while (frame.toLong() != 0) {
            Address slot = ShadowStack.getStackRootPointer(frame);
            for (int i = ShadowStack.getStackRootCount(frame); i > 0; i--) {
                pin(slot.getAddress());
                slot = slot.add(Address.sizeOf());
            }
            frame = ShadowStack.getNextStackFrame(frame);
        }
    }

    private static void scanFrames() {
        Address frame = ShadowStack.getStackTop();
        while (frame.toLong() != 0) {
            Address slot = ShadowStack.getStackRootPointer(frame);
            for (int i = ShadowStack.getStackRootCount(frame); i > 0; i--) {
                scanPinned(slot.getAddress());
                slot = slot.add(Address.sizeOf());
            }
            frame = ShadowStack.getNextStackFrame(frame);
        }
    }

    private static void unpinFrames() {
        Address frame = ShadowStack.getStackTop();
        while (frame.toLong() != 0) {
            Address slot = ShadowStack.getStackRootPointer(frame);
            for (int i = ShadowStack.getStackRootCount(frame); i > 0; i--) {
                unpin(slot.getAddress());
                slot = slot.add(Address.sizeOf());
            }
            frame = ShadowStack.getNextStackFrame(frame);
        }
    }

    // Class objects. Generated code names them by constants, which no frame has: they never move. Each is its class's
    // first word.

    private static void pinClassObjects() {
        RuntimeClass type = RuntimeClass.first();
        while (type.toAddress().toLong() != 0) {
            pin(type.toAddress().getAddress());
            type = type.next;
        }
    }

    private static void scanClassObjects() {
        RuntimeClass type = RuntimeClass.first();
        while (type.toAddress().toLong() != 0) {
            scanPinned(type.toAddress().getAddress());
            type = type.next;
        }
    }

    private static void unpinClassObjects() {
        RuntimeClass type = RuntimeClass.first();
        while (type.toAddress().toLong() != 0) {
            unpin(type.toAddress().getAddress());
            type = type.next;
        }
    }

    // A pinned object.

    private static void pin(Address address) {
        if (!Blocks.isInHeap(address)) {
            return;
        }
        if (Reservation.isVerified()) {
            Verification.object(address);
        }
        int block = Blocks.of(address);
        byte state = Blocks.state(block);
        if (state == Blocks.LARGE || state == Blocks.REACHED) {
            reach(block, state);
            return;
        }
        RuntimeObject object = address.toStructure();
        int word = object.classReference;
        if ((word & PINNED) == 0) {
            int last = Blocks.of(address.add(Objects.size(object, RuntimeClass.unpack(word)) - 1));
            object.classReference = word | PINNED;
            while (block <= last) {
                Blocks.set(block++, Blocks.KEPT);
            }
        }
    }

    private static void scanPinned(Address address) {
        if (Blocks.isInHeap(address)) {
            RuntimeObject object = address.toStructure();
            int word = object.classReference;
            if ((word & (PINNED | SCANNED)) == PINNED) {
                object.classReference = word | SCANNED;
                forwardReferences(object, RuntimeClass.unpack(word & CLASS));
            }
        }
    }

    private static void unpin(Address address) {
        if (Blocks.isInHeap(address)) {
            RuntimeObject object = address.toStructure();
            object.classReference &= CLASS;
        }
    }

    // Other roots.

    private static void forwardStaticFields() {
        Address root = Mutator.getStaticGCRoots();
        int count = root.getInt();
        for (int i = 0; i < count; i++) {
            root = root.add(Address.sizeOf());
            forward(root.getAddress());
        }
    }

    // What is still to be looked at.

    private static void scanReached() {
        do {
            scanCopies();
            scanLarge();
        } while (scan.toLong() != Space.copiesEnd().toLong());
    }

    private static void scanCopies() {
        while (scan.toLong() != Space.copiesEnd().toLong()) {
            RuntimeObject object = scan.toStructure();
            if (object.classReference == 0) {
                scan = Blocks.address(object.hashCode);
            } else {
                RuntimeClass type = RuntimeClass.unpack(object.classReference);
                forwardReferences(object, type);
                scan = scan.add(Objects.size(object, type));
            }
        }
    }

    private static void scanLarge() {
        while (reached != 0) {
            Address start = Blocks.address(reached - 1);
            reached = start.getInt();
            RuntimeObject object = start.add(Space.LINK).toStructure();
            forwardReferences(object, RuntimeClass.unpack(object.classReference));
        }
    }

    /** Copies go on elsewhere: whoever scans them follows. A class reference of zero is no object's. */
    static void linkCopies(Address end, Address start) {
        if (end.toLong() == 0) {
            firstCopy = start;
            scan = start;
        } else {
            RuntimeObject link = end.toStructure();
            link.classReference = 0;
            link.hashCode = Blocks.of(start);
        }
    }

    private static void forwardReferences(RuntimeObject object, RuntimeClass type) {
        if (type.itemType == null) {
            forwardFields(object.toAddress(), type);
        } else if (!RuntimeClass.isPrimitive(type.itemType)) {
            RuntimeArray array = object.toAddress().toStructure();
            Address item = Objects.items(object.toAddress(), Address.sizeOf());
            for (int i = array.size; i > 0; i--) {
                forward(item);
                item = item.add(Address.sizeOf());
            }
        }
    }

    private static void forwardFields(Address object, RuntimeClass type) {
        while (type.toAddress().toLong() != 0) {
            Address layout = type.layout;
            if (layout.toLong() != 0) {
                for (int i = layout.getShort(); i > 0; i--) {
                    layout = layout.add(2);
                    forward(object.add(layout.getShort()));
                }
            }
            type = type.superclass;
        }
    }

    /** Has a reference name what its object is now. */
    private static void forward(Address reference) {
        Address address = reference.getAddress();
        if (!Blocks.isInHeap(address)) {
            return;
        }
        RuntimeObject object = address.toStructure();
        int word = object.classReference;
        if ((word & COPIED) != 0) {
            reference.putAddress(Reservation.blocks().add((long) (word & ~COPIED) << ALIGNMENT_SHIFT));
            return;
        }
        if (Reservation.isVerified()) {
            Verification.object(address);
        }
        if ((word & PINNED) != 0) {
            return;
        }
        int block = Blocks.of(address);
        byte state = Blocks.state(block);
        if (state == Blocks.LARGE || state == Blocks.REACHED) {
            reach(block, state);
        } else {
            reference.putAddress(copy(object, word));
        }
    }

    private static Address copy(RuntimeObject object, int word) {
        int size = Objects.size(object, RuntimeClass.unpack(word));
        Address copy = Space.allocateCopy(size);
        copyWords(object.toAddress(), copy, size);
        object.classReference = COPIED | (int) (Blocks.offset(copy) >> ALIGNMENT_SHIFT);
        return copy;
    }

    /** Sizes are multiples of a word, and most are of few: musl's memmove(3) needs longer to begin than this to end. */
    private static void copyWords(Address from, Address to, int size) {
        for (int i = 0; i < size; i += Objects.ALIGNMENT) {
            to.add(i).putLong(from.add(i).getLong());
        }
    }

    private static void reach(int block, byte state) {
        if (state == Blocks.LARGE) {
            Blocks.set(block, Blocks.REACHED);
            Blocks.address(block).putInt(reached);
            reached = block + 1;
        }
    }
}
