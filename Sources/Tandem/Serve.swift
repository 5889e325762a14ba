import ArgumentParser
import Features
import Foundation
import Hummingbird
import HummingbirdCore
import Kit
import Logging
import NIOCore
import Outside
import ServiceLifecycle
import Store
import Web

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serves pages and the API, and works off the queue.",
    discussion: "Example: tandem serve --listen 127.0.0.1:8080 --data ./data")

  @Option(help: "Address and port to listen on.") var listen = "127.0.0.1:8080"
  @Option(help: "Folder of this installation.") var data = "data"
  @Option(help: "sqlite:PATH or postgres://…; by default tandem.db in the data folder.") var database: String?

  func run() async throws {
    let logger = Logger(label: "tandem")
    try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    let store = try await Store.open(database ?? "sqlite:\(data)/tandem.db", logger: logger)
    let world = World.live
    try await Migrator(Features.migrations).migrate(store, now: world.now())
    let parts = listen.split(separator: ":")
    let port = Int(parts.last ?? "") ?? 8080
    let host = String(parts.dropLast().joined(separator: ":"))
    let settings = Settings(baseURL: "http://\(listen)", dataFolder: data, version: Version.text)
    let installation = try Installation(
      store: store, world: world, mailer: .outbox(folder: "\(data)/outbox"), settings: settings, secret: Array(repeating: 1, count: 32), logger: logger)
    let server: HTTPServerBuilder = .http1(configuration: .init(idleTimeout: .seconds(Int64(settings.limits.idleSeconds))))
    let app = Application(
      responder: installation.responder, server: server, configuration: .init(address: .hostname(host, port: port), serverName: nil), logger: logger)
    let group = ServiceGroup(
      configuration: .init(services: [app, installation.worker], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    try await group.run()
    await store.close()
  }
}

extension World {
  /// The machine's clock and its source of randomness.
  static let live = World(
    now: { Instant(microseconds: Int64(Date().timeIntervalSince1970 * 1_000_000)) }, random: { UInt64.random(in: .min ... .max) })
}
