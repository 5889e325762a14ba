import ArgumentParser
import CMalloc
import Features
import Foundation
import Hummingbird
import HummingbirdCore
import Kit
import Logging
import NIOCore
import ServiceLifecycle
import Store
import Web

struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve pages and the API, and work off the queue.",
    discussion: "Example: tandem serve --listen 127.0.0.1:8080 --data ./data")

  @OptionGroup var common: CommonOptions
  @Option(help: "Address and port to listen on.") var listen: String?
  @Flag(help: "Leave the queue to tandem work.") var noWork = false
  @Flag(help: "Allow plain http on an address other than this machine's own.") var insecureHttp = false

  func run() async throws {
    // By default each thread keeps memory of its own that it gave back; with four such stores threads seldom wait for each other.
    _ = mallopt(M_ARENA_MAX, 4)
    // What a request gave back stays for the next one, instead of going to the system and being cleared again each time.
    _ = mallopt(M_TRIM_THRESHOLD, 1 << 20)
    _ = mallopt(M_TOP_PAD, 256 << 10)
    _ = mallopt(M_MMAP_THRESHOLD, 1 << 20)
    try await common.withStore(["server.listen": listen], creating: true, exclusive: true) { store, configuration, logger in
      let secret = try await configuration.secret(for: store, naming: true)
      let installation = try Installation(
        store: store, world: .live, mailer: try configuration.mailer(), settings: configuration.settings(), secret: secret,
        logger: logger)
      let (host, port) = try address(configuration["server.listen"])
      try checkAddress(configuration)
      try refuseTaken(host, port)
      try await installation.site.followSettings()
      try await greet(installation, configuration)
      let limits = installation.site.settings.limits
      let site = installation.site
      // Twice of what is taken, so that a head which is a little too long is read and gets an answer that says why.
      let decoder = HTTP1Channel.Configuration.DecoderConfiguration(
        maxHeaderFieldSize: 2 * limits.urlBytes, maxHeaderListSize: 2 * limits.headBytes, maxHeaderFieldCount: 2 * limits.headerCount)
      let perAddress = Int(configuration.number("limits.connections_per_address"))
      let gate = AddressGate(most: perAddress, trusted: site.settings.trustedProxies)
      let app = Application(
        responder: installation.responder,
        server: .init { responder in
          LoopChannel(
            base: HTTP1Channel(
              responder: responder,
              configuration: .init(
                additionalChannelHandlers: [ConnectionsPerAddress(gate), ConnectionPace()],
                idleTimeout: .seconds(Int64(limits.idleSeconds)), httpDecoderConfiguration: decoder)))
        },
        configuration: .init(
          address: .hostname(host, port: port), serverName: nil,
          availableConnectionsDelegate: MaximumAvailableConnections(OpenFiles.connections(limits.connections, logger))),
        onServerRunning: { _ in Words.say("Tandem \(Version.text) is at \(site.settings.baseURL)") }, logger: logger)
      var services: [any Service] = [
        app, Stopping(site: site), AwaitingSetup(site: site), FollowingSettings(site: site), FollowingActivity(site: site),
        StampingSeen(site: site),
      ]
      if !noWork { services.append(installation.worker(keeping: secret)) }
      var group = ServiceGroupConfiguration(services: services, gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
      group.maximumGracefulShutdownDuration = .seconds(20)
      try await ServiceGroup(configuration: group).run()
    }
  }

  private func address(_ text: String) throws -> (String, Int) {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]), (0...65535).contains(port) else {
      throw Configuration.Fault(description: "server.listen: \"\(text)\" is not an address such as 127.0.0.1:8080.")
    }
    let host = String(text[..<colon]).replacing("[", with: "").replacing("]", with: "")
    return (host, port)
  }

  /// Before a link is printed that another program would answer.
  private func refuseTaken(_ host: String, _ port: Int) throws {
    guard port > 0, let address = try? SocketAddress.makeAddressResolvingHost(host, port: port) else { return }
    let line = socket(address.protocol == .inet6 ? AF_INET6 : AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard line >= 0 else { return }
    defer { close(line) }
    var yes: Int32 = 1
    setsockopt(line, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
    let failed = address.withSockAddr { bind(line, $0, socklen_t($1)) } != 0
    guard failed, errno == EADDRINUSE || errno == EACCES else { return }
    guard errno == EADDRINUSE else {
      throw Configuration.Fault(
        description: "server.listen: this user may not listen on port \(port). Give one from 1024 on and put a proxy before it.")
    }
    throw NotNow(description: "server.listen: another program listens on \(host):\(port). Stop it, or give another address with --listen.")
  }

  /// Sign-ins over plain http would be readable on the way.
  private func checkAddress(_ configuration: Configuration) throws {
    let base = configuration.baseURL()
    guard base.hasPrefix("http://") else { return }
    let host = base.dropFirst(7).prefix { $0 != ":" && $0 != "/" }
    if host == "127.0.0.1" || host == "localhost" || base.hasPrefix("http://[::1]") { return }
    guard insecureHttp else {
      throw Configuration.Fault(
        description:
          "server.base_url is plain http on \(host). Use https behind a proxy, or --insecure-http if you know that nobody listens.")
    }
  }

  /// On a new installation, prints the link by which the first administrator is made.
  private func greet(_ installation: Installation, _ configuration: Configuration) async throws {
    let link = try await installation.site.store.write { tx in try SetupLink.isNeeded(tx) ? try SetupLink.make(tx, .live) : nil }
    guard let link else { return }
    installation.site.needsSetup.store(true, ordering: .relaxed)
    Words.say("Set Tandem up within 60 minutes: \(configuration.baseURL())\(link)")
  }
}

/// Tells health probes that the server is going, as soon as it is asked to stop.
private struct Stopping: Service {
  let site: Site
  func run() async throws {
    try? await gracefulShutdown()
    site.isStopping.store(true, ordering: .relaxed)
  }
}

/// Opens the site as soon as there is an administrator, also when another command made it.
private struct AwaitingSetup: Service {
  let site: Site
  func run() async throws {
    try? await cancelWhenGracefulShutdown {
      while site.needsSetup.load(ordering: .relaxed) {
        try await Task.sleep(for: .milliseconds(250))
        let isNeeded = try? await site.store.read { tx in try SetupLink.isNeeded(tx) }
        if isNeeded == false { site.needsSetup.store(false, ordering: .relaxed) }
      }
    }
    try? await gracefulShutdown()
  }
}
