package org.waybill;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rooms and their arrows, as docs/developer.md draws them. */
@AnalyzeClasses(
    packages = "org.waybill",
    importOptions = {ImportOption.DoNotIncludeTests.class})
class HouseTest {
  @ArchTest
  static final ArchRule arrowsPointDown =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("collect")
          .definedBy("org.waybill.collect..")
          .layer("console")
          .definedBy("org.waybill.console..")
          .layer("dispatch")
          .definedBy("org.waybill.dispatch..")
          .layer("operation")
          .definedBy("org.waybill.operation..")
          .layer("amend")
          .definedBy("org.waybill.amend..")
          .layer("call")
          .definedBy("org.waybill.call..")
          .layer("report")
          .definedBy("org.waybill.report..")
          .layer("normalize")
          .definedBy("org.waybill.normalize..")
          .layer("gateway")
          .definedBy("org.waybill.gateway..")
          .layer("document")
          .definedBy("org.waybill.document..")
          .layer("task")
          .definedBy("org.waybill.task..")
          .layer("cdr")
          .definedBy("org.waybill.cdr..")
          .layer("ledger")
          .definedBy("org.waybill.ledger..")
          .layer("access")
          .definedBy("org.waybill.access..")
          .layer("platform")
          .definedBy("org.waybill.platform..")
          .layer("launch")
          .definedBy("org.waybill.launch..")
          .layer("importer")
          .definedBy("org.waybill.importer..")
          .whereLayer("importer")
          .mayOnlyAccessLayers("platform")
          .whereLayer("launch")
          .mayOnlyAccessLayers("importer", "platform")
          .whereLayer("launch")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("platform")
          .mayNotAccessAnyLayer()
          .whereLayer("access")
          .mayOnlyAccessLayers("platform")
          .whereLayer("document")
          .mayOnlyAccessLayers("platform")
          .whereLayer("ledger")
          .mayOnlyAccessLayers("platform")
          .whereLayer("cdr")
          .mayOnlyAccessLayers("ledger", "access", "platform")
          .whereLayer("task")
          .mayOnlyAccessLayers("ledger", "cdr", "access", "platform")
          .whereLayer("normalize")
          .mayOnlyAccessLayers("document", "task", "cdr", "access", "platform")
          .whereLayer("gateway")
          .mayOnlyAccessLayers("task", "cdr", "access", "platform")
          .whereLayer("operation")
          .mayOnlyAccessLayers("access", "platform")
          .whereLayer("report")
          .mayOnlyAccessLayers("ledger", "task", "cdr", "access", "platform")
          .whereLayer("dispatch")
          .mayOnlyAccessLayers("operation", "gateway", "task", "cdr", "access", "platform")
          .whereLayer("collect")
          .mayOnlyAccessLayers(
              "ledger", "operation", "normalize", "document", "task", "cdr", "access", "platform")
          .whereLayer("amend")
          .mayOnlyAccessLayers(
              "collect",
              "report",
              "normalize",
              "operation",
              "gateway",
              "task",
              "cdr",
              "access",
              "platform")
          .whereLayer("call")
          .mayOnlyAccessLayers(
              "amend",
              "collect",
              "normalize",
              "operation",
              "document",
              "task",
              "cdr",
              "access",
              "platform")
          .whereLayer("console")
          .mayOnlyAccessLayers(
              "amend",
              "call",
              "report",
              "dispatch",
              "collect",
              "ledger",
              "operation",
              "task",
              "cdr",
              "access",
              "platform");

  @ArchTest
  static final ArchRule noRoomGoesInCircles =
      slices().matching("org.waybill.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule namesSayWhatAThingIs =
      noClasses()
          .should()
          .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl|Dto|DTO|Common)$")
          .because("such a name says nothing about what the class is for");

  @ArchTest
  static final ArchRule onlyLaunchKnowsPayara =
      noClasses()
          .that()
          .resideOutsideOfPackage("org.waybill.launch..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("fish.payara..");
}
