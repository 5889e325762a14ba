import Foundation
import Jobs
import Kit
import Outside
import Store
import Web

/// One push message to one browser. The push service sees neither text nor sender, only that something is sent.
struct SendPush: Job {
  static let kind = "push"
  static let lane = Lane.push

  let device: ID<PushDevice>
  let person: ID<Person>
  let title: String
  let path: String
  /// Messages of one tag replace each other on the device, so that a repetition is not a second message.
  let tag: String
  /// After this moment it is of no use.
  let until: Instant
  let about: Letter.About?
  /// Whether it is tried only once.
  var isOnce: Bool?

  /// Enqueues a letter's message to each of a person's browsers, and says how many there are.
  @discardableResult
  static func enqueue(
    _ letter: Letter, key: String, for person: Addressee, at time: Instant, once: Bool = false, _ tx: Transaction, _ world: World
  ) throws -> Int {
    let devices = try PushDevice.of(person.id, org: person.org, tx, world)
    for device in devices {
      let push = SendPush(
        device: device.id, person: person.id, title: letter.subject, path: letter.buttons.first?.path ?? "/", tag: String(key.suffix(32)),
        until: time + (letter.topic == .session ? .minutes(30) : .hours(12)), about: letter.about,
        isOnce: once)
      try tx.enqueue(push, for: person.org, key: "\(key)/\(device.id)", at: time, world)
    }
    return devices.count
  }

  struct Message: Codable {
    let title: String
    let path: String
    let tag: String
  }

  static func handler(_ site: Site) -> JobHandler {
    JobHandler(SendPush.self) { push, run in try await push.send(site, run) }
  }

  private func send(_ site: Site, _ run: JobRun) async throws {
    let (org, now) = (try run.org(), run.world.now())
    guard now < until, let sender = site.pushSender else { return }
    let id = device
    let device = try await run.store.read { tx -> PushDevice? in
      guard try Addressee.find(person, org: org, tx)?.isActive == true, try about?.holds(org: org, tx) ?? true else { return nil }
      return try PushDevice.of(person, org: org, tx, run.world).first { $0.id == id }
    }
    guard let device, let subscription = device.subscription else { return }
    let text = Array(try JSONEncoder().encode(Message(title: title.shortened(to: 200), path: path, tag: tag)))
    let sealed = try PushEncryption.seal(text, for: subscription, random: run.world.bytes(48))
    let seconds = max(60, Int((until - now).seconds))
    guard let request = try sender.request(sealed, to: device.endpoint, seconds: seconds, urgent: about != nil, now: now) else { return }
    let status: Int
    do {
      status = try await site.fetcher.fetch(request).status
    } catch FetchError.notAllowed {
      throw JobFailure.permanent("The address of the push service is not allowed.")
    } catch {
      return try again("\(error)")
    }
    switch status {
    case 200...299: return
    case 404, 410: try await run.store.write { tx in try PushDevice.forgotten(device.id, of: person, org: org, tx, run.world) }
    case 429, 500...599: try again("The push service said \(status).")
    default: throw JobFailure.permanent("The push service said \(status).")
    }
  }

  /// Somebody who tries push out sees that nothing came, and may ask once more.
  private func again(_ reason: String) throws {
    if isOnce == true { return }
    throw JobFailure.later(reason)
  }
}

extension Site {
  /// The installation's own key pair for push, made of its secret key; nil only for a secret that makes none.
  var pushSender: PushSender? {
    let secret = keys.key(for: "push sender").withUnsafeBytes { Array($0) }
    let address = (try? Mailbox(parsing: settings.mailFrom))?.address.normalised
    return PushSender(secret: secret, contact: address.map { "mailto:\($0)" } ?? settings.baseURL)
  }
}
