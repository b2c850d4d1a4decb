package org.motleysim.hardware.topology;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The paths through a topology, with some of its links perhaps down.
 *
 * <p><b>Peeled trees.</b> What hangs on the rest by a single cable (a host below its only switch, a rack below its only core switch) has
 * no choice of paths: such vertices are peeled off, each with its way up, until none is left. In a tree nothing but one vertex remains.
 * Between the vertices that remain, a table of hops to the one where a path leaves for its receiver tells which links are on a shortest
 * path. Tables are made when first asked for, one breadth-first search each. They are our own and not a graph library's, since a route
 * may not pass through an endpoint that does not relay, all ties are needed, and a million routes are asked for.
 */
final class Routes {
    private static final int NONE = -1;
    private static final int FAR = Integer.MAX_VALUE;

    private final Topology topology;
    private final Routing routing;
    private final int vertices;
    private final int[] fromOf;
    private final int[] toOf;
    private final int[] outStart;
    private final int[] out; // links by the vertex they come from
    private final int[] inStart;
    private final int[] in; // links by the vertex they lead to
    private final boolean[] relays;
    private final boolean[] down; // by link

    private final int[] parent; // of what was peeled off
    private final int[] upLink;
    private final int[] downLink;
    private final int[] height; // order of peeling: a parent's is larger
    private final int[] @Nullable [] hops; // to a core vertex, by vertex
    private final int[] queue;

    private final int railCount;
    private final int[] byRail; // node * railCount + rail -> endpoint

    private int[] path = new int[16];
    private int[] tail = new int[16];
    private int length;
    private int[] @Nullable [] ofLength = new int[16][];

    Routes(Topology topology, Routing routing) {
        this.topology = topology;
        this.routing = routing;
        this.vertices = topology.vertices().size();
        int links = topology.links().size();
        this.fromOf = topology.links().stream().mapToInt(Link::from).toArray();
        this.toOf = topology.links().stream().mapToInt(Link::to).toArray();
        this.outStart = new int[vertices + 1];
        this.out = sorted(fromOf, outStart);
        this.inStart = new int[vertices + 1];
        this.in = sorted(toOf, inStart);
        this.relays = new boolean[vertices];
        this.down = new boolean[links];
        this.parent = new int[vertices];
        this.upLink = new int[vertices];
        this.downLink = new int[vertices];
        this.height = new int[vertices];
        this.hops = new int[vertices][];
        this.queue = new int[vertices];
        int rails = 0;
        int nodes = 0;
        for (int i = 0; i < vertices; i++) {
            Vertex vertex = topology.vertices().get(i);
            relays[i] = vertex.relays();
            rails = Math.max(rails, vertex.rail() + 1);
            nodes = Math.max(nodes, vertex.node() + 1);
        }
        this.railCount = rails;
        this.byRail = new int[nodes * rails];
        Arrays.fill(byRail, NONE);
        for (int i = 0; i < topology.endpoints(); i++) {
            Vertex vertex = topology.vertices().get(i);
            if (vertex.node() != Vertex.NONE && vertex.rail() != Vertex.NONE) {
                byRail[vertex.node() * rails + vertex.rail()] = i;
            }
        }
        peel();
    }

    private int[] sorted(int[] vertexOf, int[] start) {
        for (int vertex : vertexOf) {
            start[vertex + 1]++;
        }
        for (int i = 0; i < vertices; i++) {
            start[i + 1] += start[i];
        }
        int[] next = Arrays.copyOf(start, vertices);
        int[] links = new int[vertexOf.length];
        for (int link = 0; link < vertexOf.length; link++) {
            links[next[vertexOf[link]]++] = link;
        }
        return links;
    }

    private void peel() {
        Arrays.fill(parent, NONE);
        int[] cables = new int[vertices];
        int waiting = 0;
        for (int i = 0; i < vertices; i++) {
            cables[i] = outStart[i + 1] - outStart[i];
            if (cables[i] == 1) {
                queue[waiting++] = i;
            }
        }
        for (int next = 0; next < waiting; next++) {
            int vertex = queue[next];
            height[vertex] = next;
            for (int i = outStart[vertex]; i < outStart[vertex + 1]; i++) {
                int other = toOf[out[i]];
                if (parent[other] == vertex || cables[vertex] != 1) {
                    continue; // peeled off this one, or this one is the last of a tree
                }
                if (!relays[other]) {
                    break;
                }
                parent[vertex] = other;
                upLink[vertex] = out[i];
                downLink[vertex] = out[i] ^ 1; // a cable's two directions are neighbours
                cables[vertex] = 0;
                if (--cables[other] == 1) {
                    queue[waiting++] = other;
                }
                break;
            }
        }
        for (int i = 0; i < vertices; i++) {
            if (parent[i] == NONE) {
                height[i] = FAR;
            }
        }
    }

    /** Takes a link out of all paths, or puts it back. */
    void down(int link, boolean isDown) {
        if (down[link] != isDown) {
            down[link] = isDown;
            Arrays.fill(hops, null);
        }
    }

    boolean isDown(int link) {
        return down[link];
    }

    /** Finds the path from an endpoint to another; returns its length, 0 when there is none. It is in {@link #path} until the next call. */
    int find(int from, int to) {
        length = 0;
        if (routing == Routing.RAIL_AWARE && railCount > 0) {
            Vertex sender = topology.vertices().get(from);
            Vertex receiver = topology.vertices().get(to);
            if (sender.rail() != Vertex.NONE
                    && receiver.rail() != Vertex.NONE
                    && sender.rail() != receiver.rail()
                    && sender.node() != receiver.node()) {
                int peer = byRail[sender.node() * railCount + receiver.rail()];
                if (peer != NONE && append(from, peer) && append(peer, to)) {
                    return length;
                }
                length = 0;
            }
        }
        if (!append(from, to)) {
            length = 0; // not the part that was found
        }
        return length;
    }

    /** The path found last; the array is reused for the next of this length. */
    int[] path() {
        if (length >= ofLength.length) {
            ofLength = Arrays.copyOf(ofLength, 2 * length);
        }
        int[] exact = ofLength[length];
        if (exact == null) {
            exact = new int[length];
            ofLength[length] = exact;
        }
        System.arraycopy(path, 0, exact, 0, length);
        return exact;
    }

    /** Adds the path between two vertices; false when there is none. */
    private boolean append(int from, int to) {
        int a = from;
        int b = to;
        int tailLength = 0;
        while (a != b && (parent[a] != NONE || parent[b] != NONE)) {
            if (height[a] < height[b]) {
                if (down[upLink[a]]) {
                    return false;
                }
                push(upLink[a]);
                a = parent[a];
            } else {
                if (down[downLink[b]]) {
                    return false;
                }
                if (tailLength == tail.length) {
                    tail = Arrays.copyOf(tail, 2 * tailLength);
                }
                tail[tailLength++] = downLink[b];
                b = parent[b];
            }
        }
        if (a != b && !cross(a, b, from, to)) {
            return false;
        }
        while (tailLength > 0) {
            push(tail[--tailLength]);
        }
        return true;
    }

    /** Goes from link to link along the table of hops to a vertex of the core. */
    private boolean cross(int start, int target, int from, int to) {
        int[] table = hopsTo(target);
        int at = start;
        while (at != target) {
            int least = FAR;
            int ways = 0;
            for (int i = outStart[at]; i < outStart[at + 1]; i++) {
                int hop = down[out[i]] ? FAR : table[toOf[out[i]]];
                if (hop < least) {
                    least = hop;
                    ways = 1;
                } else if (hop == least) {
                    ways++;
                }
            }
            if (least == FAR) {
                return false;
            }
            int chosen = routing == Routing.SHORTEST_PATH || ways == 1 ? 0 : choice(from, to, at, ways);
            for (int i = outStart[at]; i < outStart[at + 1]; i++) {
                if (!down[out[i]] && table[toOf[out[i]]] == least && chosen-- == 0) {
                    push(out[i]);
                    at = toOf[out[i]];
                    break;
                }
            }
        }
        return true;
    }

    private void push(int link) {
        if (length == path.length) {
            path = Arrays.copyOf(path, 2 * length);
        }
        path[length++] = link;
    }

    /** Hops to a vertex from each that can pass on what is meant for it; {@link #FAR} from all others. */
    private int[] hopsTo(int target) {
        int[] known = hops[target];
        if (known != null) {
            return known;
        }
        int[] table = new int[vertices];
        Arrays.fill(table, FAR);
        table[target] = 0;
        queue[0] = target;
        int waiting = 1;
        for (int next = 0; next < waiting; next++) {
            int vertex = queue[next];
            for (int i = inStart[vertex]; i < inStart[vertex + 1]; i++) {
                int before = fromOf[in[i]];
                if (!down[in[i]] && relays[before] && table[before] == FAR) {
                    table[before] = table[vertex] + 1;
                    queue[waiting++] = before;
                }
            }
        }
        hops[target] = table;
        return table;
    }

    /** A hash of what a switch sees of a packet and of the switch itself, as the finaliser of SplitMix64 mixes it. */
    private static int choice(int from, int to, int at, int ways) {
        long z = ((long) from << 32 | to) * 0x9E37_79B9_7F4A_7C15L + at;
        z = (z ^ (z >>> 30)) * 0xBF58_476D_1CE4_E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D0_49BB_1331_11EBL;
        z ^= z >>> 31;
        return (int) Long.remainderUnsigned(z, ways);
    }
}
