package io.customergraph.migrations;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/** Shows what a question about the database found, a line for each. */
final class Findings {

    /** Rows shown of one question: enough to see what is wrong. */
    static final int SHOWN = 50;

    private Findings() {}

    /**
     * Shows them.
     *
     * @return how many are shown
     */
    static int show(ResultSet rows, PrintWriter out) throws SQLException {
        int problems = 0;
        while (rows.next()) {
            problems++;
            out.println(line(rows));
        }
        if (problems == SHOWN) {
            out.println("… and maybe more of the last kind");
        }
        return problems;
    }

    private static String line(ResultSet row) throws SQLException {
        ResultSetMetaData columns = row.getMetaData();
        StringBuilder line = new StringBuilder(row.getString(1)).append(':');
        for (int i = 2; i <= columns.getColumnCount(); i++) {
            line.append(' ').append(columns.getColumnLabel(i)).append('=').append(row.getString(i));
        }
        return line.toString();
    }
}
