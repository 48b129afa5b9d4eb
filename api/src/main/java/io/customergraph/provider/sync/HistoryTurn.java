package io.customergraph.provider.sync;

import io.customergraph.ingest.Ingestion;
import io.customergraph.ingest.Resolution;
import io.customergraph.integration.OpenConnection;
import io.customergraph.provider.ProviderUnreachable;
import io.customergraph.sync.ClaimedSync;
import io.customergraph.sync.GrownTables;
import io.customergraph.sync.Rejection;
import io.customergraph.sync.SyncPosition;

import org.jspecify.annotations.Nullable;

import reactor.core.publisher.Mono;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Some pages of one pass. While pages are kept the next one is on its way, where the provider asks
 * for no pause; that they were read is written down in their order, so that whoever takes the pass
 * up reads again what was not.
 */
final class HistoryTurn {

    /** The pass gives way to others after so many pages; it goes on with the next round. */
    private static final int PAGES = 50;

    /** One is resolved while another is written. */
    private static final int KEPT_AT_ONCE = 2;

    /** Tables of a first read are looked at this often whether they have grown. */
    private static final int PAGES_TO_GROW = 4;

    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final SourceReader reader;
    private final OpenConnection open;
    private final ClaimedPass pass;
    private final Ingestion ingestion;
    private final GrownTables tables;

    /** What has begun is brought to its end, and nothing else is begun. */
    private volatile boolean isOver;

    private volatile @Nullable Throwable failure;

    HistoryTurn(
            SourceReader reader,
            OpenConnection open,
            ClaimedPass pass,
            Ingestion ingestion,
            GrownTables tables) {
        this.reader = reader;
        this.open = open;
        this.pass = pass;
        this.ingestion = ingestion;
        this.tables = tables;
    }

    /**
     * A page, where it was asked for, and how many more may follow.
     *
     * @param failure why there is none, where nobody expected that
     */
    private record Step(ClaimedSync sync, SourcePage page, int left, @Nullable Throwable failure) {

        /** The next place to read at in this turn; null where this is the turn's last page. */
        @Nullable ClaimedSync next() {
            return page instanceof SourcePage.Of some
                            && some.next() != null
                            && left > 1
                            && some.pause().compareTo(LONGEST_PAUSE) <= 0
                    ? sync.at(some.next())
                    : null;
        }

        Duration pause() {
            return page instanceof SourcePage.Of some ? some.pause() : Duration.ZERO;
        }
    }

    /** A page whose records are kept, or why they are not. */
    private record Kept(Step step, List<Resolution> resolutions, @Nullable Throwable failure) {}

    /**
     * Reads.
     *
     * @return whether there is more to read at once
     */
    Mono<Boolean> read(ClaimedSync from) {
        return step(from, PAGES)
                .expand(this::next)
                .flatMapSequential(this::keep, KEPT_AT_ONCE, 1)
                .concatMap(this::writeDown, 1)
                .reduce(false, Boolean::logicalOr)
                .flatMap(
                        more -> {
                            Throwable because = failure;
                            return because == null ? Mono.just(more) : Mono.error(because);
                        });
    }

    private Mono<Step> step(ClaimedSync at, int left) {
        return pass.holding(reader.page(open, at.resource(), at.position()))
                .onErrorResume(
                        ProviderUnreachable.class,
                        none -> Mono.just(new SourcePage.None(none.problem().code())))
                .map(page -> new Step(at, page, left, null))
                // As an error it would end, midway, the page that is being kept.
                .onErrorResume(
                        because -> Mono.just(new Step(at, new SourcePage.None(""), left, because)));
    }

    private Mono<Step> next(Step step) {
        ClaimedSync next = step.next();
        if (next == null || isOver) {
            return Mono.empty();
        }
        return step.pause().isZero()
                ? step(next, step.left - 1)
                : Mono.delay(step.pause())
                        .then(Mono.defer(() -> isOver ? Mono.empty() : step(next, step.left - 1)));
    }

    private Mono<Kept> keep(Step step) {
        if (!(step.page instanceof SourcePage.Of some) || isOver) {
            return Mono.just(new Kept(step, List.of(), step.failure));
        }
        Mono<List<Resolution>> ingested = ingestion.ingest(some.records());
        return (step.left % PAGES_TO_GROW == 0 ? tables.analyze().then(ingested) : ingested)
                .map(resolutions -> new Kept(step, resolutions, null))
                // Whoever is ended midway leaves a transaction behind: the other page comes first.
                .onErrorResume(because -> Mono.just(new Kept(step, List.of(), because)));
    }

    /** Whether there is more to read at once; nothing where the turn goes on or is over. */
    private Mono<Boolean> writeDown(Kept kept) {
        if (isOver) {
            return Mono.empty();
        }
        if (kept.failure != null) {
            return end(kept.failure);
        }
        Mono<Boolean> written =
                switch (kept.step.page) {
                    case SourcePage.Of some -> written(kept, some);
                    case SourcePage.Busy busy -> over(pass.rest(kept.step.sync, busy.pause()));
                    case SourcePage.None(String problem) ->
                            over(pass.fail(kept.step.sync, problem));
                };
        return written.onErrorResume(this::end);
    }

    private Mono<Boolean> written(Kept kept, SourcePage.Of page) {
        Step step = kept.step;
        int records = page.records().size() + page.unreadable().size();
        List<Rejection> rejected = rejected(page, kept.resolutions);
        SyncPosition next = page.next();
        if (next == null) {
            return over(pass.finish(step.sync, records, rejected));
        }
        return pass.advance(step.sync, next, records, rejected)
                .flatMap(
                        isMine -> {
                            if (!isMine) {
                                return over(Mono.empty());
                            }
                            return step.next() == null ? giveWay(step) : Mono.empty();
                        });
    }

    /** A long pause is others' turn. */
    private Mono<Boolean> giveWay(Step step) {
        return over(pass.rest(step.sync, step.pause())).thenReturn(step.pause().isZero());
    }

    private Mono<Boolean> over(Mono<Void> last) {
        isOver = true;
        return last.thenReturn(false);
    }

    private Mono<Boolean> end(Throwable because) {
        isOver = true;
        failure = because;
        return Mono.empty();
    }

    private static List<Rejection> rejected(SourcePage.Of page, List<Resolution> resolutions) {
        List<Rejection> rejected = new ArrayList<>(page.unreadable());
        for (int n = 0; n < resolutions.size(); n++) {
            if (resolutions.get(n) instanceof Resolution.Rejected(String because)) {
                rejected.add(new Rejection(page.records().get(n).origin().externalId(), because));
            }
        }
        return rejected;
    }
}
