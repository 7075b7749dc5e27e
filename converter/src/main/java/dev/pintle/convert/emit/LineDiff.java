package dev.pintle.convert.emit;

import com.github.difflib.DiffUtils;
import com.github.difflib.patch.AbstractDelta;
import com.github.difflib.patch.ChangeDelta;
import com.github.difflib.patch.Chunk;
import com.github.difflib.patch.DeleteDelta;
import com.github.difflib.patch.InsertDelta;
import com.github.difflib.patch.Patch;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What differs between two texts. The library's time and memory grow with the square of the lines that differ, so long
 * texts are cut at lines that both have just once, as a patience diff does; what lies between may be one large change.
 */
final class LineDiff {

    /** Of both texts' lengths: what the library compares in a moment. */
    private static final long FEW = 1_000_000;

    /** More than once, or in one of the texts only. */
    private static final int[] NO_PAIR = {-1, -1};

    private final List<String> old;
    private final List<String> fresh;
    private final Patch<String> patch = new Patch<>();

    private LineDiff(List<String> old, List<String> fresh) {
        this.old = old;
        this.fresh = fresh;
    }

    /** What makes the one of the other. */
    static Patch<String> of(List<String> old, List<String> fresh) {
        if ((long) old.size() * fresh.size() <= FEW) {
            return DiffUtils.diff(old, fresh);
        }
        LineDiff diff = new LineDiff(old, fresh);
        diff.compare();
        return diff.patch;
    }

    private void compare() {
        int start = 0;
        int most = Math.min(old.size(), fresh.size());
        while (start < most && old.get(start).equals(fresh.get(start))) {
            start++;
        }
        int end = 0;
        while (end < most - start && old.get(old.size() - 1 - end).equals(fresh.get(fresh.size() - 1 - end))) {
            end++;
        }
        int at = start;
        int later = start;
        for (int[] anchor : anchors(start, old.size() - end, fresh.size() - end)) {
            between(at, anchor[0], later, anchor[1]);
            at = anchor[0] + 1;
            later = anchor[1] + 1;
        }
        between(at, old.size() - end, later, fresh.size() - end);
    }

    /** Lines that both have once, as many as are in the same order: pairs of indices. */
    private List<int[]> anchors(int start, int end, int freshEnd) {
        Map<String, int[]> pairs = new HashMap<>();
        for (int i = start; i < end; i++) {
            pairs.merge(old.get(i), new int[] {i, -1}, (a, b) -> NO_PAIR);
        }
        for (int i = start; i < freshEnd; i++) {
            int[] pair = pairs.getOrDefault(fresh.get(i), NO_PAIR);
            if (pair[0] >= 0 && pair[1] < 0) {
                pair[1] = i;
            } else {
                pairs.put(fresh.get(i), NO_PAIR);
            }
        }
        List<int[]> found = new ArrayList<>();
        for (int i = start; i < freshEnd; i++) {
            int[] pair = pairs.getOrDefault(fresh.get(i), NO_PAIR);
            if (pair[0] >= 0) {
                found.add(pair);
            }
        }
        return longest(found);
    }

    /** The longest run of pairs whose first indices rise, in the order of the second ones. */
    private static List<int[]> longest(List<int[]> pairs) {
        int[] ends = new int[pairs.size()];
        int[] before = new int[pairs.size()];
        int length = 0;
        for (int i = 0; i < pairs.size(); i++) {
            int wanted = pairs.get(i)[0];
            int low = 0;
            int high = length;
            while (low < high) {
                int middle = (low + high) / 2;
                if (pairs.get(ends[middle])[0] < wanted) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            before[i] = low == 0 ? -1 : ends[low - 1];
            ends[low] = i;
            length = Math.max(length, low + 1);
        }
        List<int[]> run = new ArrayList<>();
        for (int i = length == 0 ? -1 : ends[length - 1]; i >= 0; i = before[i]) {
            run.add(pairs.get(i));
        }
        Collections.reverse(run);
        return run;
    }

    private void between(int at, int end, int later, int laterEnd) {
        List<String> gone = old.subList(at, end);
        List<String> come = fresh.subList(later, laterEnd);
        if ((long) gone.size() * come.size() > FEW) {
            patch.addDelta(delta(at, gone, later, come));
            return;
        }
        for (AbstractDelta<String> delta : DiffUtils.diff(gone, come).getDeltas()) {
            patch.addDelta(delta(
                    at + delta.getSource().getPosition(),
                    delta.getSource().getLines(),
                    later + delta.getTarget().getPosition(),
                    delta.getTarget().getLines()));
        }
    }

    private static AbstractDelta<String> delta(int at, List<String> gone, int later, List<String> come) {
        Chunk<String> source = new Chunk<>(at, gone);
        Chunk<String> target = new Chunk<>(later, come);
        return gone.isEmpty()
                ? new InsertDelta<>(source, target)
                : come.isEmpty() ? new DeleteDelta<>(source, target) : new ChangeDelta<>(source, target);
    }
}
