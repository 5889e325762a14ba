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
  /// What file, environment and command line say; `settings` and `mailer` add what administrators set on a page.
  public let configured: (settings: Settings, mailer: Mailer)
  public let fetcher: Fetcher
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
  private let present: Mutex<(settings: Settings, mailer: Mailer)>
  /// Credentials that were used and are to be stamped; the worker of the site writes them now and then.
  private let streams = Mutex<[ID<Person>: Int]>([:])
  private let seen = Mutex<Set<Viewer.Origin>>([])
  public let isStopping = Atomic<Bool>(false)
  /// True while there is no administrator: pages lead to the setup, everything else answers 503.
  public let needsSetup = Atomic<Bool>(false)

  public init(
    store: Store, world: World, mailer: Mailer, fetcher: Fetcher, settings: Settings, keys: Keys, templates: Templates, assets: Assets,
    logger: Logger,
    identify: @escaping @Sendable (Transaction, Credential, Instant) throws -> Identity?,
    navigation: @escaping @Sendable (Viewer) -> [NavigationItem]
  ) {
    self.store = store
    self.world = world
    self.fetcher = fetcher
    configured = (settings, mailer)
    present = Mutex((settings, mailer))
    self.keys = keys
    self.templates = templates
    self.assets = assets
    self.logger = logger
    self.identify = identify
    self.navigation = navigation
    limiter = RateLimiter(settings.limits)
  }

  public var settings: Settings { present.withLock { $0.settings } }
  public var mailer: Mailer { present.withLock { $0.mailer } }

  /// Goes on with other settings and another way for mail.
  public func goOn(with settings: Settings, _ mailer: Mailer) { present.withLock { $0 = (settings, mailer) } }

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

  func note(_ identity: Identity, by credential: Credential) {
    limiter.know(credential.hash, now: world.now())
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
  /// The main pages under it, shown as tabs on each of them.
  public let sections: [(label: String, href: String)]

  public init(
    _ label: String, _ href: String, icon: String, isMore: Bool = false, covers: Set<String> = [],
    sections: [(label: String, href: String)] = []
  ) {
    self.label = label
    self.href = href
    self.icon = icon
    self.isMore = isMore
    self.covers = covers
    self.sections = sections
  }
}

/// Keys of the installation, each derived from its one secret for one purpose.
public struct Keys: Sendable {
  private let root: SymmetricKey

  public init(secret: [UInt8]) { root = SymmetricKey(data: secret) }

  public func key(for purpose: String) -> SymmetricKey {
    HKDF<SHA256>.deriveKey(inputKeyMaterial: root, info: Array("tandem \(purpose)".utf8), outputByteCount: 32)
  }

  /// Closes a text that the program itself must read again. The nonce is 12 random bytes.
  public func encrypt(_ text: String, for purpose: String, nonce: [UInt8]) throws -> String {
    let box = try AES.GCM.seal(Array(text.utf8), using: key(for: purpose), nonce: AES.GCM.Nonce(data: nonce))
    return (nonce + Array(box.ciphertext) + Array(box.tag)).base64URL
  }

  /// Nil for what these keys did not close.
  public func decrypt(_ text: String, for purpose: String) -> String? {
    guard let bytes = text.base64URLBytes, let box = try? AES.GCM.SealedBox(combined: bytes),
      let opened = try? AES.GCM.open(box, using: key(for: purpose))
    else { return nil }
    return String(validating: Array(opened), as: UTF8.self)
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
