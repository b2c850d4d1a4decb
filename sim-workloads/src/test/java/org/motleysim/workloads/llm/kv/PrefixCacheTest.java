package org.motleysim.workloads.llm.kv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrefixCacheTest {
    private static final int BLOCK = 4;

    /** Requests of one conversation are even, all of another odd. */
    private static PrefixCache twoStreams(int blocks) {
        return new PrefixCache(blocks, BLOCK, 0, (request, token) -> request % 2);
    }

    @Test
    void admit_sameBeginning_sharesWholeBlocksButComputesTheLastToken() {
        PrefixCache cache = twoStreams(10);
        int first = cache.admit(0, 8, 8);
        assertEquals(0, cache.cachedTokens(2, 8));
        cache.computed(first, 8);
        // Two full blocks are here; of a prompt that ends with the second one, the last token must be computed.
        assertEquals(4, cache.cachedTokens(2, 8));
        assertEquals(8, cache.cachedTokens(2, 9));
        assertEquals(0, cache.cachedTokens(1, 9));
        int second = cache.admit(2, 9, 9);
        assertEquals(3, cache.blocks(second));
        assertEquals(3, cache.used());
        cache.release(first);
        assertEquals(3, cache.used());
        cache.release(second);
        assertEquals(0, cache.used());
        assertEquals(8, cache.cachedTokens(4, 12));
    }

    @Test
    void computed_halfABlock_isNotFound() {
        PrefixCache cache = twoStreams(10);
        int handle = cache.admit(0, 8, 8);
        cache.computed(handle, 7);
        assertEquals(4, cache.cachedTokens(2, 8));
    }

    @Test
    void admit_fullOfWhatNobodyHolds_evictsTheEndOfTheOldestFirst() {
        PrefixCache cache = twoStreams(4);
        int old = cache.admit(0, 8, 8);
        cache.computed(old, 8);
        cache.release(old);
        // Four blocks: two never used, then the second and the first of the old sequence.
        int other = cache.admit(1, 12, 12);
        assertEquals(1, cache.evictions());
        assertEquals(4, cache.cachedTokens(2, 9));
        cache.release(other);
    }

    @Test
    void admit_foundBlocksThatNobodyHolds_countAsRoomOnlyOnce() {
        PrefixCache cache = twoStreams(4);
        int old = cache.admit(0, 8, 8);
        cache.computed(old, 8);
        cache.release(old);
        int other = cache.admit(1, 4, 4);
        // One block is new, two are found; four more would be needed for five.
        assertEquals(KvCache.NONE, cache.admit(2, 17, 17));
        int again = cache.admit(2, 12, 12);
        assertEquals(3, cache.blocks(again));
        assertEquals(4, cache.used());
        assertFalse(cache.grow(other, 1, 4));
    }

    @Test
    void undone_plannedBlocks_areNotFound() {
        PrefixCache cache = twoStreams(8);
        int handle = cache.admit(0, 12, 12);
        cache.computed(handle, 4);
        cache.computed(handle, 12);
        cache.undone(handle, 4);
        cache.release(handle);
        assertEquals(4, cache.cachedTokens(2, 12));
    }

    @Test
    void clear_memoryLost_findsNothing() {
        PrefixCache cache = twoStreams(8);
        int handle = cache.admit(0, 12, 12);
        cache.computed(handle, 12);
        cache.release(handle);
        cache.clear();
        assertEquals(0, cache.cachedTokens(2, 12));
        assertEquals(0, cache.used());
    }

    /** Against lists and maps that follow vLLM's BlockPool word by word. */
    @Test
    void anySequenceOfCalls_agreesWithPlainLists() {
        for (long seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int streams = 2 + random.nextInt(6);
            int capacity = 4 + random.nextInt(30);
            // A tree of streams: each leaves its parent at some token.
            int[] parent = new int[streams];
            int[] leaves = new int[streams];
            for (int i = 1; i < streams; i++) {
                parent[i] = random.nextInt(i);
                leaves[i] = random.nextInt(30);
            }
            Contents contents = (request, token) -> {
                int stream = request % streams;
                while (stream > 0 && token < leaves[stream]) {
                    stream = parent[stream];
                }
                return stream;
            };
            double watermark = random.nextInt(2) * 0.1;
            PrefixCache cache = new PrefixCache(capacity, BLOCK, watermark, contents);
            Lists lists = new Lists(capacity, (int) (watermark * capacity), contents);
            List<int[]> running = new ArrayList<>(); // handle, number in lists, request, tokens, computed
            for (int step = 0; step < 400; step++) {
                String where = "seed " + seed + " step " + step;
                int choice = random.nextInt(10);
                if (choice < 4) {
                    int request = random.nextInt(1_000);
                    int tokens = 1 + random.nextInt(50);
                    int reserve = random.nextInt(3) == 0 ? random.nextInt(10) : 0;
                    assertEquals(lists.cachedTokens(request, tokens), cache.cachedTokens(request, tokens), where);
                    int found = cache.cachedTokens(request, tokens);
                    int handle = cache.admit(request, tokens, tokens + reserve);
                    int number = lists.admit(request, tokens, reserve);
                    assertEquals(number < 0, handle < 0, where);
                    if (handle >= 0) {
                        running.add(new int[] {handle, number, request, tokens, found});
                    }
                } else if (!running.isEmpty()) {
                    int index = random.nextInt(running.size());
                    int[] one = running.get(index);
                    if (choice < 7 && one[4] < one[3]) {
                        one[4] += 1 + random.nextInt(one[3] - one[4]);
                        cache.computed(one[0], one[4]);
                        lists.computed(one[1], one[4]);
                    } else if (choice < 9 && one[4] == one[3] && cache.blocks(one[0]) * BLOCK == one[3]) {
                        boolean grown = cache.grow(one[0], 1, one[4]);
                        assertEquals(lists.grow(one[1]), grown, where);
                        one[3] += grown ? BLOCK : 0;
                    } else {
                        cache.release(one[0]);
                        lists.release(one[1]);
                        running.remove(index);
                    }
                }
                assertEquals(lists.used(), cache.used(), where);
                assertTrue(cache.used() <= capacity, where);
                int[] handles = running.stream().mapToInt(one -> one[0]).toArray();
                assertEquals(cache.used(), cache.held(handles, handles.length), where);
            }
        }
    }

    private static final class Lists {
        private record Name(long stream, int position) {}

        private final int watermark;
        private final Contents contents;
        private final LinkedHashSet<Integer> free = new LinkedHashSet<>();
        private final int capacity;
        private final int[] holders;
        private final Map<Integer, Name> names = new HashMap<>();
        private final Map<Name, Integer> found = new HashMap<>();
        private final List<List<Integer>> tables = new ArrayList<>();
        private final List<Integer> requests = new ArrayList<>();

        /** Full blocks of each that were offered to others, or found; each is offered once. */
        private final List<Integer> looked = new ArrayList<>();

        Lists(int capacity, int watermark, Contents contents) {
            this.capacity = capacity;
            this.watermark = watermark;
            this.contents = contents;
            this.holders = new int[capacity];
            for (int i = 0; i < capacity; i++) {
                free.add(i);
            }
        }

        private Name name(int request, int position) {
            return new Name(contents.stream(request, (position + 1) * BLOCK - 1), position);
        }

        private List<Integer> hits(int request, int tokens) {
            List<Integer> hits = new ArrayList<>();
            for (int i = 0; (i + 1) * BLOCK <= tokens - 1 && found.containsKey(name(request, i)); i++) {
                hits.add(found.get(name(request, i)));
            }
            return hits;
        }

        int cachedTokens(int request, int tokens) {
            return hits(request, tokens).size() * BLOCK;
        }

        int admit(int request, int tokens, int reserve) {
            List<Integer> table = hits(request, tokens);
            int cachedBefore = table.size();
            int needed = (tokens + reserve + BLOCK - 1) / BLOCK;
            Set<Integer> left = new HashSet<>(free);
            table.forEach(left::remove);
            if (left.size() - (needed - table.size()) < watermark) {
                return -1;
            }
            for (int block : table) {
                free.remove(block);
                holders[block]++;
            }
            while (table.size() < needed) {
                table.add(take());
            }
            tables.add(table);
            looked.add(cachedBefore);
            requests.add(request);
            return tables.size() - 1;
        }

        private int take() {
            int block = free.iterator().next();
            free.remove(block);
            Name old = names.remove(block);
            if (old != null) {
                found.remove(old);
            }
            holders[block] = 1;
            return block;
        }

        boolean grow(int number) {
            return !free.isEmpty() && tables.get(number).add(take());
        }

        void computed(int number, int tokens) {
            for (int i = looked.get(number); (i + 1) * BLOCK <= tokens; i++) {
                looked.set(number, i + 1);
                int block = tables.get(number).get(i);
                Name name = name(requests.get(number), i);
                if (!names.containsKey(block) && !found.containsKey(name)) {
                    names.put(block, name);
                    found.put(name, block);
                }
            }
        }

        void release(int number) {
            List<Integer> table = tables.get(number);
            for (int i = table.size() - 1; i >= 0; i--) {
                if (--holders[table.get(i)] == 0) {
                    free.add(table.get(i));
                }
            }
        }

        int used() {
            return capacity - free.size();
        }
    }
}
