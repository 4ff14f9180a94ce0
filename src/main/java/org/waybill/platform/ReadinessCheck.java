package org.waybill.platform;

import java.util.Optional;

/** Something that must hold before this server may be sent work; any room may have one. */
public interface ReadinessCheck {
  String name();

  /** What is in the way, as a sentence for an operator; empty when nothing is. */
  Optional<String> obstacle();
}
