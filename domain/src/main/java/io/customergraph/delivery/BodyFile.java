package io.customergraph.delivery;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * A file of bodies that were written together: a table of where each is, then the bodies. It is
 * there whole or not at all. A body is deleted by overwriting it; the last one takes the file with
 * it.
 */
final class BodyFile {

    /** The end of the name of a file that is being written. */
    static final String UNFINISHED = ".tmp";

    private static final int MAGIC = 0x43474231; // CGB1
    private static final int HEADER = 2 * Integer.BYTES;
    private static final int ENTRY = 3 * Long.BYTES + 2 * Integer.BYTES;
    private static final int STATE = 3 * Long.BYTES + Integer.BYTES;
    private static final int PRESENT = 1;
    private static final int ZEROS = 64 * 1024;

    private BodyFile() {}

    record Body(UUID event, ByteBuffer bytes) {}

    private record Entry(long offset, int length, boolean isPresent) {}

    /** Completes when the file and its name are on the disk. */
    static void write(Path file, List<Body> bodies) throws IOException {
        Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        ByteBuffer[] parts = new ByteBuffer[bodies.size() + 1];
        parts[0] = table(bodies);
        for (int i = 0; i < bodies.size(); i++) {
            parts[i + 1] = bodies.get(i).bytes().duplicate();
        }
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            unfinished, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                ByteBuffer last = parts[parts.length - 1];
                while (last.hasRemaining() || parts[0].hasRemaining()) {
                    channel.write(parts);
                }
                channel.force(true);
            }
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException | RuntimeException failure) {
            Files.deleteIfExists(unfinished);
            throw failure;
        }
        sync(directoryOf(file));
    }

    private static ByteBuffer table(List<Body> bodies) {
        ByteBuffer table = ByteBuffer.allocate(HEADER + bodies.size() * ENTRY);
        table.putInt(MAGIC).putInt(bodies.size());
        long offset = table.capacity();
        for (Body body : bodies) {
            int length = body.bytes().remaining();
            table.putLong(body.event().getMostSignificantBits())
                    .putLong(body.event().getLeastSignificantBits())
                    .putLong(offset)
                    .putInt(length)
                    .putInt(PRESENT);
            offset += length;
        }
        return table.flip();
    }

    /** The body at a place of the file; null where there is none, or none any more. */
    static @Nullable ByteBuffer read(Path file, int index) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            Entry entry = entry(channel, index);
            if (entry == null || !entry.isPresent()) {
                return null;
            }
            if (entry.length() < 0 || entry.length() > BodyStore.LARGEST) {
                throw new IOException("A file of bodies tells a length that none has");
            }
            ByteBuffer body = fill(channel, entry.offset(), entry.length());
            // It may have been overwritten meanwhile, and says so before it is.
            Entry after = entry(channel, index);
            return after != null && after.isPresent() ? body : null;
        } catch (NoSuchFileException gone) {
            return null;
        }
    }

    /** Completes when the body is gone from the disk. */
    static void delete(Path file, int index) throws IOException {
        boolean isEmpty;
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            Entry entry = entry(channel, index);
            if (entry == null) {
                return;
            }
            put(channel, ByteBuffer.allocate(Integer.BYTES), HEADER + index * ENTRY + STATE);
            for (long done = 0; done < entry.length(); done += ZEROS) {
                int length = (int) Math.min(ZEROS, entry.length() - done);
                put(channel, ByteBuffer.allocate(length), entry.offset() + done);
            }
            isEmpty = present(channel).isEmpty();
            if (!isEmpty) {
                channel.force(false);
            }
        } catch (NoSuchFileException gone) {
            return;
        }
        if (isEmpty && Files.deleteIfExists(file)) {
            sync(directoryOf(file));
        }
    }

    /** The places of the bodies that are not deleted. */
    static List<Integer> present(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return present(channel);
        }
    }

    private static List<Integer> present(FileChannel channel) throws IOException {
        int count = count(channel);
        ByteBuffer table = fill(channel, HEADER, count * ENTRY);
        return IntStream.range(0, count)
                .filter(i -> table.getInt(i * ENTRY + STATE) == PRESENT)
                .boxed()
                .toList();
    }

    private static @Nullable Entry entry(FileChannel channel, int index) throws IOException {
        if (index >= count(channel)) {
            return null;
        }
        ByteBuffer entry = fill(channel, HEADER + index * (long) ENTRY, ENTRY);
        return new Entry(
                entry.getLong(2 * Long.BYTES),
                entry.getInt(3 * Long.BYTES),
                entry.getInt(STATE) == PRESENT);
    }

    private static int count(FileChannel channel) throws IOException {
        ByteBuffer header = fill(channel, 0, HEADER);
        if (header.getInt() != MAGIC) {
            throw new IOException("Not a file of bodies");
        }
        int count = header.getInt();
        if (count < 0 || HEADER + (long) count * ENTRY > channel.size()) {
            throw new IOException("A file of bodies ends too early");
        }
        return count;
    }

    private static ByteBuffer fill(FileChannel channel, long position, int length)
            throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) {
                throw new IOException("A file of bodies ends too early");
            }
        }
        return bytes.flip();
    }

    private static void put(FileChannel channel, ByteBuffer bytes, long position)
            throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes, position + bytes.position());
        }
    }

    static Path directoryOf(Path file) {
        return Objects.requireNonNull(file.getParent());
    }

    /** A new name survives a crash only once its directory is on the disk. */
    static void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
