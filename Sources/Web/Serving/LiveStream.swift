import HTTPTypes
import Hummingbird
import Kit
import NIOCore
import ServiceLifecycle
import Store
import Synchronization

/// Server-Sent Events: an open page hears that something of its organisation changed, and fetches what it shows afresh.
enum LiveStream {
  static let endpoint = Endpoint.custom(
    .get, "/live", allow: .member, "Hear about changes as server-sent events", input: NoInput.self
  ) { call, _ in
    let viewer = try await call.reading { tx in try call.admit(tx) }
    let site = call.site
    guard let place = StreamPlace(site, viewer.person) else { throw Problem.tooMany(retryAfter: 15) }
    let body = ResponseBody { writer in
      defer { place.leave() }
      let own = "org/\(viewer.org)"
      let person = "person/\(viewer.person)"
      try await writer.write(ByteBuffer(string: "retry: 3000\n\n"))
      // Without the wrapper an open stream would keep the server alive after SIGTERM.
      for await event in events(site).cancelOnGracefulShutdown() {
        switch event {
        case .changed(let name) where name == own:
          try await writer.write(ByteBuffer(string: "id: \(site.world.now().microseconds)\nevent: changed\ndata: {}\n\n"))
        case .changed(let name) where name == person:
          try await writer.write(ByteBuffer(string: "id: \(site.world.now().microseconds)\nevent: notice\ndata: {}\n\n"))
        case .changed: continue
        case .tick:
          // A session that ended elsewhere ends its stream too.
          guard (try? await call.reading({ tx in try call.admit(tx) })) != nil else { return try await writer.finish(nil) }
          try await writer.write(ByteBuffer(string: ": still here\n\n"))
        }
      }
      try await writer.finish(nil)
    }
    return Answer(content: .stream(body, contentType: "text/event-stream"))
  }.with {
    $0.surface = .page
    $0.contentType = "text/event-stream"
  }

  /// One of the live pages that a person may have open, given back once: when the stream ends, or when it is never begun.
  private final class StreamPlace: Sendable {
    private let site: Site
    private let person: ID<Person>
    private let isTaken = Atomic(true)

    init?(_ site: Site, _ person: ID<Person>) {
      (self.site, self.person) = (site, person)
      if site.openStreams(person, 1) > site.settings.limits.streamsPerPerson {
        leave()
        return nil
      }
    }

    deinit { leave() }

    func leave() {
      if isTaken.exchange(false, ordering: .relaxed) { site.openStreams(person, -1) }
    }
  }

  private enum Event: Sendable {
    case changed(String)
    case tick
  }

  private static func events(_ site: Site) -> AsyncStream<Event> {
    AsyncStream(bufferingPolicy: .bufferingNewest(64)) { continuation in
      let signals = Task { for await name in site.store.signals.listen() { continuation.yield(.changed(name)) } }
      let ticks = Task {
        while !Task.isCancelled {
          try? await Task.sleep(for: .seconds(15))
          continuation.yield(.tick)
        }
      }
      continuation.onTermination = { _ in
        signals.cancel()
        ticks.cancel()
      }
    }
  }
}
