#include "aws/sigv4/verifier.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <utility>
#include <variant>

#include "aws/region.h"
#include "aws/sigv4/canonical.h"
#include "aws/sigv4/derived_keys.h"
#include "aws/sigv4/version_two.h"
#include "clock/time_text.h"
#include "crypto/digest.h"
#include "encoding/ascii.h"
#include "encoding/hex.h"

namespace everseal::aws::sigv4 {
namespace {

constexpr std::chrono::minutes kMostSkew{15};
constexpr std::string_view kUnsigned = "UNSIGNED-PAYLOAD";
constexpr std::string_view kHashHeader = "x-amz-content-sha256";
constexpr std::string_view kMismatchText =
    "The request signature we calculated does not match the signature you provided. Check your AWS "
    "Secret Access Key and signing method. Consult the service documentation for details.";
constexpr std::string_view kTokenText = "The security token included in the request is invalid.";

using Checked = Result<void, Refusal>;

Refusal refused(const Claim& claim, Failure failure, std::string message) {
  return {.failure = failure, .message = std::move(message), .presigned = claim.presigned};
}

Refusal absent(const Claim& claim, Absence absence) {
  switch (absence) {
    case Absence::ExpiredToken:
      return refused(claim, Failure::ExpiredToken,
                     "The security token included in the request is expired");
    case Absence::BadToken:
      return refused(claim, Failure::BadToken, std::string(kTokenText));
    case Absence::Unknown:
      break;
  }
  auto refusal = refused(claim, Failure::UnknownKey, std::string(kTokenText));
  refusal.details = {{"AWSAccessKeyId", claim.access_key_id}};
  return refusal;
}

Result<Credential, Refusal> find_credential(const CredentialSource& source, const Claim& claim) {
  auto found = source.find(claim.access_key_id, claim.session_token);
  if (!found) {
    auto refusal =
        refused(claim, Failure::Unavailable, "The request could not be authenticated now.");
    refusal.cause = found.error().cause;
    return refusal;
  }
  if (const auto* absence = std::get_if<Absence>(&*found)) return absent(claim, *absence);
  return std::get<Credential>(*std::move(found));
}

Refusal wrong_region(const Claim& claim, std::string_view expected) {
  auto refusal =
      refused(claim, Failure::WrongRegion,
              "Credential should be scoped to a valid region; the region '" + claim.scope.region +
                  "' is wrong; expecting '" + std::string(expected) + "'");
  refusal.details = {{"Region", std::string(expected)}};
  return refusal;
}

Checked check_scope(const Claim& claim, const Expected& expected) {
  const auto& scope = claim.scope;
  if (scope.terminator != "aws4_request") {
    return refused(claim, Failure::WrongScope,
                   "Credential should be scoped with a valid terminator: 'aws4_request', not '" +
                       scope.terminator + "'.");
  }
  if (scope.service != expected.service) {
    return refused(
        claim, Failure::WrongScope,
        "Credential should be scoped to correct service: '" + std::string(expected.service) + "'.");
  }
  if (expected.region && scope.region != *expected.region) {
    return wrong_region(claim, *expected.region);
  }
  if (!is_region(scope.region)) {
    return refused(claim, Failure::WrongRegion, "Credential should be scoped to a valid region.");
  }
  const auto day = claim.signed_at_text.substr(0, 8);
  if (scope.date != day) {
    return refused(claim, Failure::WrongScope,
                   "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date "
                   "from HTTP: '" +
                       scope.date + "' != '" + day + "', from '" + claim.signed_at_text + "'.");
  }
  return {};
}

Refusal too_old(const Claim& claim, TimePoint now) {
  const auto least = to_iso8601_basic(now - kMostSkew);
  return refused(claim, Failure::Expired,
                 "Signature expired: " + claim.signed_at_text + " is now earlier than " + least +
                     " (" + to_iso8601_basic(now) + " - 15 min.)");
}

Refusal too_early(const Claim& claim, TimePoint now) {
  const auto most = to_iso8601_basic(now + kMostSkew);
  return refused(claim, Failure::NotYetCurrent,
                 "Signature not yet current: " + claim.signed_at_text + " is still later than " +
                     most + " (" + to_iso8601_basic(now) + " + 15 min.)");
}

Refusal presigned_too_old(const Claim& claim, TimePoint now) {
  const auto expires = claim.signed_at + std::chrono::seconds(*claim.expires_seconds);
  auto refusal = refused(claim, Failure::Expired, "Request has expired");
  refusal.details = {{"X-Amz-Expires", std::to_string(*claim.expires_seconds)},
                     {"Expires", to_iso8601(expires)},
                     {"ServerTime", to_iso8601(now)}};
  return refusal;
}

Checked check_presigned_time(const Claim& claim, const Expected& expected, TimePoint now) {
  if (claim.signed_at > now + kMostSkew) {
    auto refusal = too_early(claim, now);
    if (expected.dialect == Dialect::S3) refusal.message = "Request is not valid yet";
    return refusal;
  }
  if (now > claim.signed_at + std::chrono::seconds(*claim.expires_seconds)) {
    return presigned_too_old(claim, now);
  }
  return {};
}

// Fifteen minutes either way.
Checked check_time(const Claim& claim, const Expected& expected, TimePoint now) {
  if (claim.presigned) return check_presigned_time(claim, expected, now);
  if (claim.signed_at >= now - kMostSkew && claim.signed_at <= now + kMostSkew) return {};
  auto refusal = claim.signed_at < now ? too_old(claim, now) : too_early(claim, now);
  if (expected.dialect == Dialect::S3) {
    refusal.message = "The difference between the request time and the server's time is too large.";
  }
  refusal.details = {{"RequestTime", claim.signed_at_text},
                     {"ServerTime", to_iso8601(now)},
                     {"MaxAllowedSkewMilliseconds", "900000"}};
  return refusal;
}

// Host always, and whatever begins with x-amz-.
Checked check_signed_headers(const http::RequestHead& head, const Claim& claim) {
  const auto is_signed = [&](std::string_view name) {
    return std::ranges::find(claim.signed_headers, name) != claim.signed_headers.end();
  };
  if (!is_signed("host")) {
    return refused(claim, Failure::HeaderNotSigned,
                   "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
  }
  std::string missing;
  for (const auto& header : head.headers) {
    const auto name = encoding::lower_case(header.name);
    if (!name.starts_with("x-amz-") || is_signed(name)) continue;
    if (!missing.empty()) missing.append(", ");
    missing.append(name);
  }
  if (missing.empty()) return {};
  auto refusal =
      refused(claim, Failure::HeaderNotSigned,
              "There were headers present in the request which were not signed: " + missing);
  refusal.details = {{"HeadersNotSigned", missing}};
  return refusal;
}

// What the request says about the hash of its body; nothing if it says nothing.
Result<std::optional<std::string>, Refusal> declared_hash(const http::RequestHead& head,
                                                          const Claim& claim) {
  std::optional<std::string> declared;
  std::size_t times = head.headers.count(kHashHeader);
  if (times > 0) declared = *head.headers.find(kHashHeader);
  if (claim.presigned) {
    for (auto& parameter : query_parameters(head.query())) {
      if (parameter.name != "X-Amz-Content-Sha256") continue;
      declared = std::move(parameter.value);
      ++times;
    }
  }
  if (times < 2) return declared;
  return refused(claim, Failure::PayloadHashInvalid,
                 "x-amz-content-sha256 was given more than once.");
}

// How the body enters the signature: its spelling in the canonical request, and what it says.
struct Payload {
  std::string canonical;
  SignedPayload meaning;
};

Payload unsigned_payload() { return {std::string(kUnsigned), {}}; }

Result<Payload, Refusal> read_hash(const Claim& claim, std::string text) {
  const auto octets = encoding::from_hex(text);
  if (!octets || octets->size() != 32) {
    return refused(claim, Failure::PayloadHashInvalid,
                   "x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-... or a valid sha256 "
                   "value.");
  }
  crypto::Sha256Digest hash{};
  std::ranges::copy(*octets, hash.begin());
  return Payload{std::move(text), {.sha256 = hash, .chunks = {}}};
}

struct Framing {
  std::string_view word;
  bool is_signed;
  bool has_trailer;
};
constexpr std::array<Framing, 3> framings{
    {{"STREAMING-AWS4-HMAC-SHA256-PAYLOAD", true, false},
     {"STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER", true, true},
     {"STREAMING-UNSIGNED-PAYLOAD-TRAILER", false, true}}};

// The body as a stream in chunks; bodies that are taken as a whole never come so.
Result<Payload, Refusal> chunked_payload(const Claim& claim, std::string text, bool streams) {
  const auto* framing = std::ranges::find(framings, text, &Framing::word);
  if (framing == framings.end() || !streams) {
    return refused(claim, Failure::StreamUnsupported,
                   "A header you provided implies functionality that is not implemented: "
                   "x-amz-content-sha256 " +
                       text.substr(0, 64));
  }
  ChunkedPayload chunks{.is_signed = framing->is_signed,
                        .has_trailer = framing->has_trailer,
                        .seed_signature = claim.signature,
                        .signed_at = claim.signed_at_text,
                        .scope = claim.scope.text()};
  return Payload{std::move(text), {.sha256 = {}, .chunks = std::move(chunks)}};
}

Result<Payload, Refusal> s3_payload(const Claim& claim, std::optional<std::string> declared,
                                    bool streams) {
  if (!declared && claim.presigned) return unsigned_payload();
  if (!declared) {
    return refused(claim, Failure::PayloadHashMissing,
                   "Missing required header for this request: x-amz-content-sha256");
  }
  if (*declared == kUnsigned) return unsigned_payload();
  if (declared->starts_with("STREAMING-")) {
    return chunked_payload(claim, *std::move(declared), streams);
  }
  return read_hash(claim, *std::move(declared));
}

// `body` is null when it follows as a stream.
Result<Payload, Refusal> payload_of(const http::RequestHead& head, const Claim& claim,
                                    const Expected& expected, const ByteView* body) {
  auto declared = declared_hash(head, claim);
  if (!declared) return declared.error();
  if (expected.dialect == Dialect::S3)
    return s3_payload(claim, *std::move(declared), body == nullptr);
  if (*declared) return read_hash(claim, **std::move(declared));
  const auto hash = crypto::sha256(body != nullptr ? *body : ByteView{});
  return Payload{encoding::to_hex(hash), {.sha256 = hash, .chunks = {}}};
}

Checked check_body(const Claim& claim, const Payload& payload, ByteView body) {
  if (!payload.meaning.sha256) return {};
  const auto hash = crypto::sha256(body);
  if (hash == *payload.meaning.sha256) return {};
  auto refusal = refused(claim, Failure::PayloadMismatch,
                         "The provided 'x-amz-content-sha256' header does not match what was "
                         "computed.");
  refusal.details = {{"ClientComputedContentSHA256", payload.canonical},
                     {"S3ComputedContentSHA256", encoding::to_hex(hash)}};
  return refusal;
}

std::string octets_of(std::string_view text) { return encoding::to_hex(as_bytes(text), ' '); }

// What S3 sends along shows its users where their text differs from ours.
Refusal mismatch(const Claim& claim, const Expected& expected, const std::string& to_sign,
                 const std::string& request) {
  auto refusal = refused(claim, Failure::Mismatch, std::string(kMismatchText));
  if (expected.dialect != Dialect::S3) return refusal;
  refusal.message =
      "The request signature we calculated does not match the signature you provided. Check your "
      "key and signing method.";
  refusal.details = {
      {"AWSAccessKeyId", claim.access_key_id}, {"StringToSign", to_sign},
      {"SignatureProvided", claim.signature},  {"StringToSignBytes", octets_of(to_sign)},
      {"CanonicalRequest", request},           {"CanonicalRequestBytes", octets_of(request)}};
  return refusal;
}

Refusal version_two_elsewhere(const Claim& claim) {
  return refused(claim, Failure::SigV2,
                 "The authorization mechanism you have provided is not supported. Please use "
                 "AWS4-HMAC-SHA256.");
}

Refusal version_two_too_old(const Claim& claim, TimePoint now) {
  auto refusal = refused(claim, Failure::Expired, "Request has expired");
  refusal.details = {{"Expires", to_iso8601(claim.expires_at)}, {"ServerTime", to_iso8601(now)}};
  return refusal;
}

Refusal signed_header_missing(const Claim& claim) {
  return refused(claim, Failure::Mismatch,
                 std::string(kMismatchText) + " A header that was signed is not in the request.");
}

}  // namespace

class Verifier::Impl {
 public:
  Impl(const CredentialSource& credentials, const Clock& clock)
      : credentials_(credentials), clock_(clock) {}

  Result<Verified, Refusal> verify(const http::RequestHead& head, const Claim& claim,
                                   const Expected& expected, const ByteView* body) const {
    auto credential = find_credential(credentials_, claim);
    if (!credential) return credential.error();
    if (claim.is_version_two) {
      return verify_version_two(head, claim, expected, *credential, body == nullptr);
    }
    if (const auto ok = check_scope(claim, expected); !ok) return ok.error();
    if (const auto ok = check_time(claim, expected, clock_.now()); !ok) return ok.error();
    if (const auto ok = check_signed_headers(head, claim); !ok) return ok.error();
    auto payload = payload_of(head, claim, expected, body);
    if (!payload) return payload.error();
    const auto ok = check_signature(head, claim, expected, *credential, payload->canonical);
    if (!ok) return ok.error();
    if (body != nullptr) {
      if (const auto same = check_body(claim, *payload, *body); !same) return same.error();
    }
    if (payload->meaning.chunks) give_key(*payload->meaning.chunks, claim, *credential);
    return Verified{std::move(credential->caller), std::move(payload->meaning)};
  }

 private:
  Result<Verified, Refusal> verify_version_two(const http::RequestHead& head, const Claim& claim,
                                               const Expected& expected, Credential& credential,
                                               bool streams) const {
    if (expected.dialect != Dialect::S3) return version_two_elsewhere(claim);
    if (clock_.now() > claim.expires_at) return version_two_too_old(claim, clock_.now());
    const auto to_sign = version_two_string_to_sign(head);
    const auto signature = version_two_signature(credential.secret->reveal(), to_sign);
    if (!equal_in_constant_time(as_bytes(signature), as_bytes(claim.signature))) {
      return mismatch(claim, expected, to_sign, "");
    }
    auto payload = payload_of_unsigned(head, streams);
    if (!payload) return payload.error();
    return Verified{std::move(credential.caller), *std::move(payload)};
  }

  // The chunks are signed with the key that the head is signed with.
  void give_key(ChunkedPayload& chunks, const Claim& claim, const Credential& credential) const {
    auto key = keys_.find(claim.access_key_id, credential.version, claim.scope, *credential.secret);
    chunks.signing_key = std::make_shared<const SecretBytes>(to_bytes(key));
    wipe(key);
  }

  Checked check_signature(const http::RequestHead& head, const Claim& claim,
                          const Expected& expected, const Credential& credential,
                          std::string_view payload_hash) const {
    const auto headers = canonical_headers(head.headers, claim.signed_headers);
    if (!headers) return signed_header_missing(claim);
    const auto rule = expected.dialect == Dialect::S3 ? PathRule::AsSent : PathRule::Normalised;
    const auto request =
        canonical_request(head, rule, *headers, joined(claim.signed_headers), payload_hash);
    const auto to_sign = string_to_sign(claim.signed_at_text, claim.scope.text(), request);
    auto key = keys_.find(claim.access_key_id, credential.version, claim.scope, *credential.secret);
    const auto signature = encoding::to_hex(crypto::hmac_sha256(key, to_sign));
    wipe(key);
    if (equal_in_constant_time(as_bytes(signature), as_bytes(claim.signature))) return {};
    return mismatch(claim, expected, to_sign, request);
  }

  const CredentialSource& credentials_;
  const Clock& clock_;
  mutable DerivedKeys keys_;
};

Result<SignedPayload, Refusal> payload_of_unsigned(const http::RequestHead& head, bool streams) {
  const Claim nobody;
  auto declared = declared_hash(head, nobody);
  if (!declared) return declared.error();
  if (!*declared) return SignedPayload{};
  auto payload = s3_payload(nobody, *std::move(declared), streams);
  if (!payload) return payload.error();
  if (payload->meaning.chunks && payload->meaning.chunks->is_signed) {
    return refused(nobody, Failure::StreamUnsupported, "Only who signs a request can sign chunks.");
  }
  return std::move(payload->meaning);
}

Verifier::Verifier(const CredentialSource& credentials, const Clock& wall_clock)
    : impl_(std::make_unique<Impl>(credentials, wall_clock)) {}
Verifier::~Verifier() = default;

Result<Verified, Refusal> Verifier::verify(const http::RequestHead& head, const Claim& claim,
                                           const Expected& expected, ByteView body) const {
  return impl_->verify(head, claim, expected, &body);
}

Result<Verified, Refusal> Verifier::verify_head(const http::RequestHead& head, const Claim& claim,
                                                const Expected& expected) const {
  return impl_->verify(head, claim, expected, nullptr);
}

}  // namespace everseal::aws::sigv4
