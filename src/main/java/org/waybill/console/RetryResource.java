package org.waybill.console;

import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.waybill.access.Role;
import org.waybill.dispatch.RetryForecast;
import org.waybill.platform.Settings;

/** The retry schedule in force, or another one that somebody thinks of. */
@Dependent
@Path("/api/retry-schedule")
@Produces(MediaType.APPLICATION_JSON)
@RolesAllowed(Role.READER)
public class RetryResource {
  /** More than anybody waits for, and little enough to be added up and drawn. */
  static final int MOST_WAITS = 100;

  static final Duration LONGEST = Duration.ofDays(366);
  private static final String SCHEDULE = "schedule";

  private final Settings settings;

  @Inject
  public RetryResource(Settings settings) {
    this.settings = settings;
  }

  @GET
  public String forecast(@Context UriInfo uri) {
    Parameters parameters = new Parameters(uri);
    RetryForecast forecast = read(parameters);
    parameters.done();
    return json(forecast == null ? inForce() : forecast).toString();
  }

  /** That of the settings. */
  public RetryForecast inForce() {
    return RetryForecast.of(settings.retrySchedule());
  }

  /** The one that is asked for, read as the setting is; null where none is or it is wrong. */
  public static @Nullable RetryForecast read(Parameters parameters) {
    String text = parameters.text(SCHEDULE);
    if (text == null) {
      return null;
    }
    List<Duration> waits = new ArrayList<>();
    int problems = 0;
    for (String word : words(text)) {
      String problem = add(waits, word);
      if (problem != null) {
        problems++;
        parameters.wrong(SCHEDULE, problem);
      }
    }
    if (problems > 0 || waits.isEmpty() || waits.size() > MOST_WAITS) {
      if (problems == 0) {
        parameters.wrong(SCHEDULE, "It must have 1 to " + MOST_WAITS + " waits, with commas.");
      }
      return null;
    }
    return RetryForecast.of(waits);
  }

  /** As {@code WAYBILL_RETRY_SCHEDULE} takes it. */
  public static String text(RetryForecast forecast) {
    return forecast.waits().stream().map(Duration::toString).collect(Collectors.joining(","));
  }

  private static List<String> words(String text) {
    return List.of(text.split(",", -1)).stream()
        .map(String::strip)
        .filter(w -> !w.isEmpty())
        .toList();
  }

  private static @Nullable String add(List<Duration> waits, String word) {
    Duration wait;
    try {
      wait = Duration.parse(word);
    } catch (DateTimeException e) {
      return "'" + word + "' is no ISO-8601 duration, such as PT45S, PT2H or P1DT12H.";
    }
    if (wait.isNegative()) {
      return "'" + word + "' is negative.";
    }
    if (wait.compareTo(LONGEST) > 0) {
      return "'" + word + "' is longer than " + LONGEST.toDays() + " days.";
    }
    waits.add(wait);
    return null;
  }

  private JsonObject json(RetryForecast forecast) {
    return new JsonMembers()
        .add(SCHEDULE, text(forecast))
        .add("inForce", forecast.waits().equals(settings.retrySchedule()))
        .add("jitter", forecast.jitter())
        .add("givesUpAfter", forecast.last().after().toString())
        .addAll("items", forecast.attempts(), RetryResource::json)
        .build();
  }

  private static JsonObject json(RetryForecast.Attempt attempt) {
    Duration wait = attempt.pause();
    return new JsonMembers()
        .add("attempt", attempt.number())
        .add("wait", wait == null ? null : wait.toString())
        .add("after", attempt.after().toString())
        .add("earliest", attempt.earliest().toString())
        .add("latest", attempt.latest().toString())
        .build();
  }
}
