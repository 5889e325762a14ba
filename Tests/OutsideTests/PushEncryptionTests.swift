import Crypto
import Foundation
import Kit
import Testing

@testable import Outside

@Suite struct PushEncryptionTests {
  /// RFC 8291 section 5.
  @Test("the example of RFC 8291 is sealed byte for byte")
  func example() throws {
    let subscription = try #require(
      PushSubscription(
        endpoint: "https://push.example.net/push/JzLQ3raZJfFBR0aqvOMsLrt54w4rJUsV",
        publicKey: "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4",
        secret: "BTBZMqHH6r4Tts7J_aSIgg"))
    let key = try P256.KeyAgreement.PrivateKey(
      rawRepresentation: try #require("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw".base64URLBytes))
    let salt = try #require("DGv6ra1nlYgDCS1FRnbzlw".base64URLBytes)
    let body = try PushEncryption.seal(Array("When I grow up, I want to be a watermelon".utf8), for: subscription, key: key, salt: salt)
    #expect(
      body.base64URL
        == "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
    )
  }

  @Test("a text that is too long, random bytes that are too few and keys that are none are refused")
  func refused() throws {
    let key = Array(P256.KeyAgreement.PrivateKey().publicKey.x963Representation).base64URL
    let subscription = try #require(PushSubscription(endpoint: "https://a.example", publicKey: key, secret: "BTBZMqHH6r4Tts7J_aSIgg"))
    #expect(throws: (any Error).self) {
      try PushEncryption.seal([UInt8](repeating: 1, count: 3994), for: subscription, random: [UInt8](repeating: 7, count: 48))
    }
    #expect(throws: (any Error).self) { try PushEncryption.seal([1], for: subscription, random: [UInt8](repeating: 7, count: 47)) }
    #expect(
      try PushEncryption.seal([UInt8](repeating: 1, count: 3993), for: subscription, random: [UInt8](repeating: 7, count: 48)).count == 4096
    )
    #expect(PushSubscription(endpoint: "x", publicKey: String(key.dropLast()), secret: "BTBZMqHH6r4Tts7J_aSIgg") == nil)
    #expect(PushSubscription(endpoint: "x", publicKey: key, secret: "BTBZMqHH6r4Tts7J_aSI") == nil)
  }

  @Test("the signature of a request is the installation's, for that push service, and ends")
  func signature() throws {
    let sender = try #require(PushSender(secret: [UInt8](repeating: 7, count: 32), contact: "mailto:t@example.org"))
    let request = try #require(
      try sender.request([1, 2], to: "https://push.example:8443/x?y=1", seconds: 60, urgent: true, now: Instant(seconds: 1_000)))
    let value = try #require(request.headers.first { $0.name == "Authorization" }?.value)
    let token = try #require(value.split(separator: ",").first?.dropFirst("vapid t=".count))
    let parts = token.split(separator: ".").map(String.init)
    let claims = String(decoding: try #require(parts[1].base64URLBytes), as: UTF8.self)
    #expect(claims == #"{"aud":"https://push.example:8443","exp":44200,"sub":"mailto:t@example.org"}"#)
    let key = try P256.Signing.PublicKey(x963Representation: try #require(sender.publicKey.base64URLBytes))
    let raw = try P256.Signing.ECDSASignature(rawRepresentation: try #require(parts[2].base64URLBytes))
    #expect(key.isValidSignature(raw, for: Data("\(parts[0]).\(parts[1])".utf8)))
    #expect(value.hasSuffix("k=\(sender.publicKey)"))
  }
}
