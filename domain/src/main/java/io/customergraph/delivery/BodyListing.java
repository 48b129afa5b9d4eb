package io.customergraph.delivery;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Reads what bodies a tenant's directory has, file by file in the order of their names. */
final class BodyListing {

    private static final Logger LOG = LoggerFactory.getLogger(BodyListing.class);

    private final Path directory;
    private final Instant before;
    private final String after;
    private final int atMost;
    private final List<String> found = new ArrayList<>();
    private String last = "";

    private BodyListing(Path directory, Instant before, String after, int atMost) {
        this.directory = directory;
        this.before = before;
        this.after = after;
        this.atMost = atMost;
    }

    static BodyPage read(Path directory, Instant before, String after, int atMost)
            throws IOException {
        BodyListing listing = new BodyListing(directory, before, after, atMost);
        boolean isAll = listing.readDays();
        return new BodyPage(listing.found, isAll ? null : listing.last);
    }

    /** Whether it came to the end. */
    private boolean readDays() throws IOException {
        String lastDay = BodyName.day(before);
        for (String day : names(directory)) {
            if (day.compareTo(lastDay) > 0) {
                return true;
            }
            if (isAllBehind(day)) {
                continue;
            }
            for (String shard : names(directory.resolve(day))) {
                String place = day + "/" + shard;
                if (!isAllBehind(place) && !readFiles(place)) {
                    return false;
                }
            }
        }
        return true;
    }

    private boolean readFiles(String place) throws IOException {
        for (String file : names(directory.resolve(place))) {
            String name = place + "/" + file;
            if (name.compareTo(after) > 0) {
                if (found.size() >= atMost) {
                    return false;
                }
                last = name;
                add(name);
            }
        }
        return true;
    }

    private void add(String name) {
        boolean isUnfinished = name.endsWith(BodyFile.UNFINISHED);
        BodyName.of(
                        isUnfinished
                                ? name.substring(0, name.length() - BodyFile.UNFINISHED.length())
                                : name)
                .filter(one -> one.madeAt().isBefore(before))
                .ifPresent(
                        one -> {
                            if (isUnfinished) {
                                found.add(name);
                            } else {
                                addBodies(one);
                            }
                        });
    }

    /** Of a file that lost all its bodies and is still there, the first is named: it may go too. */
    private void addBodies(BodyName name) {
        try {
            List<Integer> present = BodyFile.present(directory.resolve(name.text()));
            for (int index : present.isEmpty() ? List.of(0) : present) {
                found.add(name.text() + "#" + index);
            }
        } catch (NoSuchFileException deleted) {
            // Another node deletes too.
        } catch (IOException damaged) {
            LOG.error("A file of bodies cannot be read and stays: {}", name.text());
        }
    }

    private boolean isAllBehind(String place) {
        return place.length() < after.length()
                && place.compareTo(after.substring(0, place.length())) < 0;
    }

    private static List<String> names(Path directory) throws IOException {
        try (Stream<Path> all = Files.list(directory)) {
            return all.map(one -> String.valueOf(one.getFileName())).sorted().toList();
        } catch (NoSuchFileException | NotDirectoryException none) {
            return List.of();
        }
    }
}
