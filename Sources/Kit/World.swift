/// Time and chance, handed in. Nothing below the executable reads a clock or a random source of its own.
public struct World: Sendable {
  /// The wall clock.
  public var now: @Sendable () -> Instant
  /// A uniformly random 64-bit number from a source fit for secrets.
  public var random: @Sendable () -> UInt64
  /// The cost of hashing a password; tests choose a cheap one.
  public var passwordCost: PasswordCost
  private let identities: IdentitySource

  public init(
    now: @escaping @Sendable () -> Instant, random: @escaping @Sendable () -> UInt64, passwordCost: PasswordCost = .standard
  ) {
    self.now = now
    self.random = random
    self.passwordCost = passwordCost
    self.identities = IdentitySource()
  }

  /// A new identity, greater than every one this world made before.
  public func id<Entity>(_: Entity.Type = Entity.self) -> ID<Entity> {
    ID(identities.next(now: now(), random: random()))
  }

  /// Random bytes for tokens, codes and salts.
  public func bytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count + 8)
    while bytes.count < count {
      withUnsafeBytes(of: random()) { bytes.append(contentsOf: $0) }
    }
    return Array(bytes.prefix(count))
  }

  /// A random number in `0..<bound`, without bias. `bound` must be positive.
  public func number(below bound: UInt64) -> UInt64 {
    let limit = UInt64.max - UInt64.max % max(bound, 1)
    while true {
      let draw = random()
      if draw < limit { return draw % max(bound, 1) }
    }
  }
}

/// Parameters of scrypt: N = 2^logN, block size r = 8, parallelism p = 1.
public struct PasswordCost: Sendable, Hashable {
  public var logN: Int
  public init(logN: Int) { self.logN = logN }
  /// 128 MiB and about a third of a second per hash (trust: OWASP ASVS 5.0, 11.4.2).
  public static let standard = PasswordCost(logN: 17)
}
