#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "aws/call.h"
#include "aws/sigv4/claim.h"
#include "aws/sigv4/credential_source.h"
#include "aws/sigv4/refusal.h"
#include "clock/clock.h"
#include "encoding/bytes.h"
#include "http/message.h"
#include "result/result.h"
#include "secret/secret.h"

namespace everseal::aws::sigv4 {

// A body in S3's own framing (STREAMING-...), and how its chunks are proven; see ChunkedBody.
struct ChunkedPayload {
  bool is_signed = false;    // each chunk
  bool has_trailer = false;  // headers follow the last chunk
  std::string seed_signature{};
  std::string signed_at{};  // "20250102T030405Z"
  std::string scope{};
  std::shared_ptr<const SecretBytes> signing_key{};
};

// What the signature says about the body.
struct SignedPayload {
  // The hash that the body must have; nothing: the signer left the body out (UNSIGNED-PAYLOAD, S3),
  // or signed it chunk by chunk.
  std::optional<std::array<std::uint8_t, 32>> sha256{};
  std::optional<ChunkedPayload> chunks{};
};

struct Verified {
  Caller caller;
  SignedPayload payload;
};

// How the body comes of a request that nobody signed, which only S3 takes; `streams`: in pieces.
// PayloadHashInvalid; StreamUnsupported: in signed chunks, or in chunks where a whole is wanted.
Result<SignedPayload, Refusal> payload_of_unsigned(const http::RequestHead& head, bool streams);

// What a request was routed to, and so must have been signed for.
struct Expected {
  std::string_view service;                  // signing name: "acm-pca"
  std::optional<std::string_view> region{};  // nothing: any that is_region() will do
  Dialect dialect = Dialect::Json;           // S3 has rules of its own
};

// Proves who signed a request (AWS Signature Version 4; of S3 also Version 2 in a query, for which
// `head` has the bucket in its path). Thread-safe.
//
//   const auto claim = sigv4::read_claim(head);          // the router uses claim->scope
//   const auto proof = verifier.verify(head, *claim, {.service = "acm-pca"}, as_bytes(body));
//   if (!proof) return to_api_error(proof.error(), Dialect::Json);
class Verifier {
 public:
  // `wall_clock`: clients sign with real time, even where the domain's clock is virtual.
  Verifier(const CredentialSource& credentials, const Clock& wall_clock);
  ~Verifier();

  // The whole body is here and is checked.
  Result<Verified, Refusal> verify(const http::RequestHead& head, const Claim& claim,
                                   const Expected& expected, ByteView body) const;
  // The body follows as a stream: whoever reads it must compare its hash with `payload.sha256`, or
  // take it out of its chunks, before anything of it counts. Only S3 has these.
  Result<Verified, Refusal> verify_head(const http::RequestHead& head, const Claim& claim,
                                        const Expected& expected) const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace everseal::aws::sigv4
