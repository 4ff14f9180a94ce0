package org.waybill.collect.smdr;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Caller;
import org.waybill.access.Organization;
import org.waybill.access.Organizations;
import org.waybill.access.Role;
import org.waybill.collect.Answer;
import org.waybill.collect.Arrived;
import org.waybill.collect.Conveyor;
import org.waybill.collect.Deadline;
import org.waybill.collect.Intake;
import org.waybill.collect.Keeping;
import org.waybill.collect.Rejection;
import org.waybill.collect.RejectionReason;
import org.waybill.collect.smdr.RawLine.Flaw;
import org.waybill.collect.smdr.SmdrMetrics.Outcome;
import org.waybill.collect.switches.Sightings;
import org.waybill.normalize.smdr.LineReader;
import org.waybill.normalize.smdr.LineReader.Line;
import org.waybill.platform.SmdrLink;

/**
 * Makes the lines of one connection durable, as CDRs or as rejected documents, however long that
 * takes: who calls it reads nothing meanwhile, and so the sender waits.
 */
final class Delivery {
  private static final Logger LOG = System.getLogger(Delivery.class.getName());
  static final String FORMAT = "smdr";
  private static final Conveyor.Limits LIMITS = new Conveyor.Limits(64, 1L << 20);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private final Way way;
  private final SmdrLink link;
  private final Caller caller;
  private final LineReader reader;
  private final Stop stop;
  private final Set<Item> open = new LinkedHashSet<>();
  private @Nullable RuntimeException failure;

  Delivery(Way way, SmdrLink link, LineReader reader, Stop stop) {
    this.way = way;
    this.link = link;
    this.caller = new Caller(link.name(), Set.of(Role.SWITCH), Set.of(link.rmOrgId()));
    this.reader = reader;
    this.stop = stop;
  }

  /**
   * Where records go; the same for all connections.
   *
   * @param lanes how many connections deliver at the same time: the others wait with what they have
   *     read, and leave room among those who wait for a commit to the senders at other doors
   */
  record Way(
      Intake intake,
      Keeping keeping,
      Organizations organizations,
      Segments segments,
      Sightings sightings,
      SmdrMetrics metrics,
      Clock clock,
      Semaphore lanes) {}

  /** A line on its way. Two of the same bytes are two. */
  private static final class Item {
    private final RawLine raw;
    private final Line line;
    private final Instant at;

    Item(RawLine raw, Line line, Instant at) {
      this.raw = raw;
      this.line = line;
      this.at = at;
    }
  }

  /**
   * Returns when all are durable, or when the server stops and cannot wait any longer.
   *
   * <p>{@link #left} tells those that are not.
   */
  void deliver(List<RawLine> lines) {
    Deque<RawLine> unread = new ArrayDeque<>(lines);
    boolean held = false;
    boolean durable = attempt(unread);
    while (!durable && !stop.isOver()) {
      if (!held) {
        held = true;
        hold();
      }
      stop.pause(PAUSE);
      durable = attempt(unread);
    }
    if (held) {
      release(durable);
    }
    unread.forEach(line -> open.add(new Item(line, new Line.Nothing(), way.clock().instant())));
  }

  /** What would bring the lines that are not durable if it were sent again. */
  List<byte[]> left() {
    List<byte[]> left = new ArrayList<>();
    if (!open.isEmpty()) {
      reader.dateRecord().ifPresent(record -> left.add(record.getBytes(StandardCharsets.US_ASCII)));
      open.forEach(item -> left.add(item.raw.bytes()));
    }
    return left;
  }

  private boolean attempt(Deque<RawLine> unread) {
    if (!stop.acquire(way.lanes())) {
      return false;
    }
    try {
      read(unread);
      return send();
    } catch (RuntimeException e) {
      failure = e;
      return false;
    } finally {
      way.lanes().release();
    }
  }

  /** Each once: a date record changes what the next lines mean. */
  private void read(Deque<RawLine> unread) {
    if (unread.isEmpty()) {
      return;
    }
    ZoneId zone =
        way.organizations().find(link.rmOrgId()).map(Organization::timeZone).orElse(ZoneOffset.UTC);
    Instant at = way.clock().instant();
    for (RawLine raw = unread.peek(); raw != null; raw = unread.peek()) {
      Line line = reader.read(raw.bytes(), at, zone);
      if (line instanceof Line.Nothing && raw.flaw() == Flaw.NONE) {
        way.metrics().settled(link.name(), Outcome.PASSED);
      } else {
        open.add(new Item(raw, line, at));
      }
      unread.remove();
    }
  }

  private boolean send() {
    Conveyor<Item> conveyor = new Conveyor<>(way.intake(), way.keeping(), LIMITS, this::settled);
    for (Item item : List.copyOf(open)) {
      if (!send(item, conveyor)) {
        return false;
      }
    }
    return conveyor.settleAll();
  }

  private boolean send(Item item, Conveyor<Item> conveyor) {
    byte[] bytes = item.raw.bytes();
    if (item.raw.flaw() != Flaw.NONE) {
      return keep(item, item.raw.flaw());
    }
    if (item.line instanceof Line.Segment segment && !segment.last()) {
      way.segments().keep(call(segment), bytes, item.at);
      settled(item, Outcome.KEPT);
      return true;
    }
    byte[] body =
        item.line instanceof Line.Segment segment
            ? way.segments().join(call(segment), bytes)
            : bytes;
    return conveyor.send(item, arrived(item, body));
  }

  /** Not for the dialect to judge, which might take half a line for a whole one. */
  private boolean keep(Item item, Flaw flaw) {
    Rejection rejection =
        new Rejection(
            RejectionReason.NOT_WELL_FORMED, List.of(flaw.violation()), null, link.rmOrgId());
    Answer answer =
        way.keeping().keep(arrived(item, item.raw.bytes()), rejection, Deadline.in(PATIENCE));
    if (answer instanceof Answer.Later) {
      return false;
    }
    settled(item, Outcome.REJECTED);
    return true;
  }

  private Segments.Call call(Line.Segment segment) {
    return new Segments.Call(link.rmOrgId(), segment.call(), link.name());
  }

  private Arrived arrived(Item item, byte[] body) {
    return new Arrived(body, item.line.contentType(), null, FORMAT, caller, item.at);
  }

  private void settled(Item item, Answer answer) {
    if (item.line instanceof Line.Segment segment) {
      way.segments().settle(call(segment));
    }
    if (answer instanceof Answer.Accepted accepted) {
      settled(item, accepted.verdict().duplicate() ? Outcome.DUPLICATE : Outcome.STORED);
    } else {
      settled(item, Outcome.REJECTED);
    }
  }

  private void settled(Item item, Outcome outcome) {
    open.remove(item);
    way.metrics().settled(link.name(), outcome);
    if (outcome != Outcome.REJECTED) {
      way.sightings().noteConnected(link.name(), link.rmOrgId(), item.at);
    }
  }

  private void hold() {
    if (way.metrics().held(link.name())) {
      LOG.log(
          Level.ERROR,
          "WB-SMDR-03 Avaya call records cannot be stored. Their connections stay open and are not"
              + " read, so the switches wait; nothing is lost. See that the database is up, writable"
              + " and not full.",
          failure);
    }
  }

  private void release(boolean durable) {
    if (way.metrics().released(link.name()) && durable) {
      LOG.log(Level.INFO, "WB-SMDR-04 Avaya call records are stored again.");
    }
  }
}
