import Kit
import Outside
import Store
import Web

/// The browsers that get push messages, and the key that this one needs to be among them.
struct PushPage: Output {
  struct Line: Output {
    let id: ID<PushDevice>
    let agent: String
    let since: Moment
  }

  let key: String
  let devices: [Line]

  static func show(_ tx: Transaction, _ viewer: Viewer, _ site: Site) throws -> PushPage {
    let now = site.world.now()
    return PushPage(
      key: site.pushSender?.publicKey ?? "",
      devices: try PushDevice.of(viewer.person, org: viewer.org, tx, site.world).map {
        Line(id: $0.id, agent: $0.agent, since: Moment($0.createdAt, viewer, now: now))
      })
  }
}

/// Adds this browser; the same browser once more takes the place of itself.
struct AddPushDevice: Input {
  var endpoint: String
  var p256dh: String
  var auth: String
  static let rules: [String: Rule] = ["endpoint": .text(10...1000), "p256dh": .text(80...100), "auth": .text(20...30)]

  static func add(_ tx: Transaction, _ viewer: Viewer, _ site: Site, _ input: AddPushDevice) throws -> Done {
    let world = site.world
    guard PushSubscription(endpoint: input.endpoint, publicKey: input.p256dh, secret: input.auth) != nil else {
      throw Problem.invalid("p256dh", "These are not the keys of a push subscription.")
    }
    guard FetchRequest.allows(input.endpoint, allowsPrivate: site.settings.allowsPrivateAddresses) else {
      throw Problem.invalid("endpoint", "This address is not allowed.")
    }
    let hash = Token.hash(input.endpoint)
    try tx.run("DELETE FROM push_device WHERE org_id = \(viewer.org) AND endpoint_hash = \(hash)")
    let older: [ID<PushDevice>] = try tx.values(
      "SELECT id FROM push_device WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) ORDER BY id DESC")
    for id in older.dropFirst(PushDevice.most - 1) { try PushDevice.remove(id, org: viewer.org, tx) }
    var (signIn, agent): (Int64?, String) = (nil, "A program")
    if case .session(let id) = viewer.origin {
      signIn = id
      agent = try tx.value("SELECT agent FROM sign_in_session WHERE org_id = \(viewer.org) AND id = \(id)") ?? "A browser"
    }
    try tx.run(
      """
      INSERT INTO push_device (org_id, id, person_id, sign_in_id, endpoint, endpoint_hash, public_key, secret, agent, created_at)
      VALUES (\(viewer.org), \(world.id() as ID<PushDevice>), \(viewer.person), \(signIn), \(input.endpoint), \(hash), \(input.p256dh),
        \(input.auth), \(agent), \(world.now()))
      """)
    try tx.record(viewer, "push.added", viewer.person, [:], world)
    return Done()
  }
}

/// Takes a browser off.
struct RemovePushDevice: UseCase {
  var device: ID<PushDevice>

  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    let removed = try tx.run("DELETE FROM push_device WHERE org_id = \(viewer.org) AND person_id = \(viewer.person) AND id = \(device)")
    guard removed == 1 else { throw Problem.notFound }
    try tx.record(viewer, "push.removed", viewer.person, [:], world)
    return Done()
  }
}

/// Sends a message to one's own browsers, to see that it arrives: once a minute at most, since the servers they name may be slow.
struct TestPush: UseCase {
  func callAsFunction(_ tx: Transaction, _ viewer: Viewer, _ world: World) throws -> Done {
    guard let own = try Addressee.find(viewer.person, org: viewer.org, tx) else { throw Problem.notFound }
    let (now, prefix) = (world.now(), "test/\(own.id)/")
    let last: Instant? = try tx.value(
      "SELECT max(created_at) FROM job WHERE org_id = \(viewer.org) AND kind = \(SendPush.kind) AND key LIKE \(prefix + "%")")
    if let last, now - last < .minutes(1) { throw Problem.tooMany(retryAfter: 60 - Int((now - last).seconds)) }
    let letter = Letter(
      to: own.id, .account, subject: "Push works. This is how a reminder arrives.", [], buttons: [.init("Open", "/you/push")])
    try SendPush.enqueue(letter, key: "\(prefix)\(now.seconds)", for: own, at: now, once: true, tx, world)
    return Done()
  }
}
