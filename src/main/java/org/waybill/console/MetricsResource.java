package org.waybill.console;

import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import jakarta.annotation.security.RolesAllowed;
import jakarta.enterprise.context.Dependent;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.waybill.access.Role;
import org.waybill.platform.Metrics;

/** The figures of this node, as Prometheus reads them. */
@Dependent
@Path("/metrics")
public class MetricsResource {
  private final Metrics metrics;

  @Inject
  public MetricsResource(Metrics metrics) {
    this.metrics = metrics;
  }

  @GET
  @RolesAllowed(Role.READER)
  public Response figures() throws IOException {
    PrometheusTextFormatWriter writer = PrometheusTextFormatWriter.create();
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    writer.write(text, metrics.registry().scrape());
    return Response.ok(text.toByteArray(), writer.getContentType()).build();
  }
}
