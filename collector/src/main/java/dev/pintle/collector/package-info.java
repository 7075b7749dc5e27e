/**
 * The garbage collector that is compiled into the native binary. {@link org.teavm.runtime.GC} and {@link
 * org.teavm.runtime.Allocator} stand in the place of TeaVM's classes of these names, and call what is here.
 *
 * <p>It is a mostly-copying collector (J. F. Bartlett, "Compacting Garbage Collection with Ambiguous Roots", 1988). The heap is
 * made of {@link dev.pintle.collector.Blocks blocks} of 512 bytes, with a byte for each that says what it is used for. There is
 * no mark stack, no free list and no other work area, so nothing can overflow. It does not recurse.
 *
 * <h2>Why copying alone does not do</h2>
 *
 * Generated C holds references in C variables. A frame of the shadow stack has a copy of each that is in use when something is
 * called, but the variable is never read back from it. So what a frame names must not move. Nor must a class's object, which code
 * names by a constant that no frame has a copy of. Everything else may move, since static fields and fields of objects are
 * the only other places that hold references.
 *
 * <h2>A collection</h2>
 *
 * <ol>
 *   <li>What frames and classes name is marked in its first word; its blocks become <em>kept</em>.
 *   <li>What static fields name is <em>forwarded</em>: a small object is copied into free blocks above those in use,
 *       its first word says where to, and the reference is changed. A large object has blocks of its own and stays. A pinned one
 *       stays.
 *   <li>What pinned objects refer to is forwarded. The frames and the classes are the list of them.
 *   <li>What copies refer to is forwarded (C. J. Cheney, "A Nonrecursive List Compacting Algorithm", 1970). The copies are the
 *       list: where they go on elsewhere, a link says so. Large objects that were reached are a list too, linked by the word
 *       before each.
 *   <li>Marks are taken off again. Used blocks become free; kept ones and those of copies become used.
 * </ol>
 *
 * <h2>What holds between collections</h2>
 *
 * <ul>
 *   <li>The first word of an object has no mark: it is the object's class.
 *   <li>A block is free, or used by small objects, or begins or belongs to one large object. No block before {@code next} is free.
 *   <li>References in the heap name objects in used or large blocks, or what lies outside of the heap, which is never
 *       looked into: literals have no references into it.
 * </ul>
 *
 * <h2>A copy finds its room</h2>
 *
 * Copies take no more bytes than the small objects that were there: {@code small} blocks of them at the most. A run of free
 * blocks has room for copies in all but three of its blocks: the largest small object and a link take three. So {@code small + 3 *
 * runs} free blocks are enough, and before a collection begins that many are committed (the only system call, made while
 * nothing is moved). They can be: an allocation takes no more than a sixth of all blocks, and there are no more runs than taken
 * blocks and one, so {@code 1/6 + 3/6} of the blocks and three more are needed of the five sixths that are free. What copies
 * waste is no more than the last sixth, unless frames name an object in each third block.
 *
 * <h2>Bounds</h2>
 *
 * Time: each object that is left is copied once, each reference looked at once, each frame walked three times, and each committed
 * block's byte read twice. The next collection is due after as many new blocks as are left, at least 32 kB, so a program's time
 * in collections is in proportion to what it allocates. Memory: what is left, as much again until the next collection, and
 * the copies: three times what is left, or 256 kB. At rest two collections move all of it to the beginning, and what is
 * free goes back to the kernel.
 *
 * <p>What does not fit throws {@code OutOfMemoryError} from the allocation, with the heap as it should be; {@link
 * dev.pintle.collector.Space} grants room for that error. The build {@code verify} collects at each allocation, fills what it frees, and
 * {@link dev.pintle.collector.Verification checks} all of this.
 */
package dev.pintle.collector;
