package io.customergraph.demo;

import io.customergraph.ingest.Origin;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes down whose each record really is, to measure by what was found: a CSV file for each
 * tenant, never read by the application.
 */
final class DemoTruth implements AutoCloseable {

    private final BufferedWriter file;

    DemoTruth(Path directory, DemoTenant tenant) {
        try {
            Files.createDirectories(directory);
            this.file = Files.newBufferedWriter(directory.resolve(tenant.id() + ".csv"));
            file.write("record_type,source_type,source_account,external_id,person\n");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void write(List<DemoRecord> records) {
        try {
            for (DemoRecord record : records) {
                if (record.person() != DemoRecord.NOBODY) {
                    Origin origin = record.record().origin();
                    file.write(
                            String.join(
                                            ",",
                                            record.record().type().code(),
                                            origin.sourceType(),
                                            origin.account(),
                                            origin.externalId(),
                                            Long.toString(record.person()))
                                    + "\n");
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
