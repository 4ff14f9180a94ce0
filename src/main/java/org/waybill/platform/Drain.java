package org.waybill.platform;

import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.concurrent.Phaser;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Counts the requests in flight, so that a stop can wait for them, and meanwhile sends new ones
 * away. Reached over JMX, since who stops the server is not part of the application. It stands in
 * web.xml, before every other filter.
 */
public class Drain implements Filter, DrainMXBean {
  public static final String NAME = "org.waybill:type=Drain";
  private static final String RETRY_AFTER_SECONDS = "5";

  /** One party is the drain itself, so that no phase ends before it says so. */
  private final Phaser requests = new Phaser(1);

  private volatile AtomicBoolean draining = new AtomicBoolean();

  @Inject private @Nullable Metrics metrics;
  @Inject private @Nullable Stopping stopping;

  @Override
  public void init(FilterConfig configuration) throws ServletException {
    if (metrics != null) {
      GaugeWithCallback.builder()
          .name("waybill_http_requests_in_flight")
          .help("Requests begun and not yet answered.")
          .callback(gauge -> gauge.call(getInFlight()))
          .register(metrics.registry());
    }
    if (stopping != null) {
      draining = stopping.flag();
    }
    try {
      ManagementFactory.getPlatformMBeanServer().registerMBean(this, new ObjectName(NAME));
    } catch (JMException e) {
      throw new ServletException("The drain could not be registered.", e);
    }
  }

  @Override
  public void destroy() {
    try {
      ManagementFactory.getPlatformMBeanServer().unregisterMBean(new ObjectName(NAME));
    } catch (JMException e) {
      throw new WaybillException("The drain could not be unregistered.", e);
    }
  }

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    requests.register();
    boolean async = false;
    try {
      if (draining.get()) {
        sendAway((HttpServletResponse) response);
        return;
      }
      chain.doFilter(request, response);
      async = request.isAsyncStarted();
      if (async) {
        request.getAsyncContext().addListener(new Leave());
      }
    } finally {
      if (!async) {
        requests.arriveAndDeregister();
      }
    }
  }

  @Override
  public int getInFlight() {
    return requests.getRegisteredParties() - 1;
  }

  @Override
  public boolean drain(long seconds) {
    draining.set(true);
    int phase = requests.arrive();
    try {
      requests.awaitAdvanceInterruptibly(phase, seconds, TimeUnit.SECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void sendAway(HttpServletResponse response) {
    response.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    response.setHeader("Connection", "close");
  }

  /** Ends the count of a request that is answered on another thread. */
  private final class Leave implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      requests.arriveAndDeregister();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
