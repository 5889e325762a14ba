import Crypto
import Kit
import Logging
import Outside
import Store
import Synchronization

/// Everything a running installation is made of; handed to endpoints and jobs.
public final class Site: Sendable {
  public let store: Store
  public let world: World
  public let mailer: Mailer
  public let fetcher: Fetcher
  public let settings: Settings
  public let keys: Keys
  public let templates: Templates
  public let assets: Assets
  public let metrics = Metrics()
  public let logger: Logger
  let limiter: RateLimiter
  let longBodies = LongBodies()
  let room = StorageRoom()
  let identify: @Sendable (Transaction, Credential, Instant) throws -> Identity?
  /// Badges and further entries of the navigation, filled per page from one query by the feature that owns it.
  let navigation: @Sendable (Viewer) -> [NavigationItem]
  /// Credentials that were used and are to be stamped; the worker of the site writes them now and then.
  private let streams = Mutex<[ID<Person>: Int]>([:])
  private let seen = Mutex<Set<Viewer.Origin>>([])
  public let isStopping = Atomic<Bool>(false)
  /// True while there is no administrator: everything but the setup answers 503.
  public let needsSetup = Atomic<Bool>(false)

  public init(
    store: Store, world: World, mailer: Mailer, fetcher: Fetcher, settings: Settings, keys: Keys, templates: Templates, assets: Assets,
    logger: Logger,
    identify: @escaping @Sendable (Transaction, Credential, Instant) throws -> Identity?,
    navigation: @escaping @Sendable (Viewer) -> [NavigationItem]
  ) {
    self.store = store
    self.world = world
    self.mailer = mailer
    self.fetcher = fetcher
    self.settings = settings
    self.keys = keys
    self.templates = templates
    self.assets = assets
    self.logger = logger
    self.identify = identify
    self.navigation = navigation
    limiter = RateLimiter(settings.limits)
  }

  /// Counts the open event streams of a person, and of all.
  @discardableResult
  func openStreams(_ person: ID<Person>, _ change: Int) -> Int {
    metrics.streams.add(change, ordering: .relaxed)
    return streams.withLock { streams in
      let count = (streams[person] ?? 0) + change
      streams[person] = count > 0 ? count : nil
      return count
    }
  }

  func note(_ identity: Identity) {
    if identity.isStale { seen.withLock { _ = $0.insert(identity.viewer.origin) } }
  }

  /// The credentials used since the last call.
  public func takeSeen() -> Set<Viewer.Origin> {
    seen.withLock { seen in
      defer { seen = [] }
      return seen
    }
  }
}

/// An entry of the navigation.
public struct NavigationItem: Sendable {
  public let label: String
  public let href: String
  public let icon: String
  /// Whether it belongs to the five of everybody or to the further ones of a role.
  public let isMore: Bool
  /// First words of further addresses that belong under it: `lessons` under Learn.
  public let covers: Set<String>

  public init(_ label: String, _ href: String, icon: String, isMore: Bool = false, covers: Set<String> = []) {
    self.label = label
    self.href = href
    self.icon = icon
    self.isMore = isMore
    self.covers = covers
  }
}

/// Keys of the installation, each derived from its one secret for one purpose.
public struct Keys: Sendable {
  private let root: SymmetricKey

  public init(secret: [UInt8]) { root = SymmetricKey(data: secret) }

  public func key(for purpose: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Array("tandem \(purpose)".utf8), outputByteCount: 32)
  }

  /// A keyed fingerprint: for codes that are too short for a plain hash, for Message-IDs, for signed cookies.
  public func seal(_ text: String, for purpose: String) -> String {
    Array(HMAC<SHA256>.authenticationCode(for: Array(text.utf8), using: key(for: purpose))).base64URL
  }
}

/// Tokens: random bytes that are shown once and kept as a hash.
public enum Token {
  /// 256 random bits as base64url.
  public static func make(_ world: World) -> String { world.bytes(32).base64URL }
  public static func hash(_ token: String) -> String { Array(SHA256.hash(data: Array(token.utf8))).hex }
}
