import ArgumentParser
import Features
import Kit
import ServiceLifecycle

struct Work: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Work off the queue without serving; any number of these may share one PostgreSQL.",
    discussion: "Example: tandem work --database postgres://tandem@/tandem?host=/run/postgresql")

  @OptionGroup var common: CommonOptions

  func run() async throws {
    try await common.withStore(creating: true) { store, configuration, logger in
      let secret = try await configuration.secret(for: store, naming: false)
      let installation = try Installation(
        store: store, world: .live, mailer: try configuration.mailer(), settings: configuration.settings(), secret: secret,
        logger: logger)
      try await installation.site.followSettings()
      let group = ServiceGroupConfiguration(
        services: [
          installation.worker(keeping: secret), FollowingSettings(site: installation.site), FollowingActivity(site: installation.site),
        ], gracefulShutdownSignals: [.sigterm, .sigint],
        logger: logger)
      try await ServiceGroup(configuration: group).run()
    }
  }
}
