#pragma once

#include <chrono>
#include <string>
#include <string_view>

#include "clock/clock.h"
#include "encoding/bytes.h"
#include "issuance/ocsp/compact_answer.h"
#include "result/result.h"

// OCSP over HTTP (RFC 6960, A, and RFC 5019, 5 and 6), but for HTTP itself.
namespace everseal::issuance::ocsp {

inline constexpr std::string_view kRequestType = "application/ocsp-request";
inline constexpr std::string_view kResponseType = "application/ocsp-response";

// DER of the question out of what stands behind the responder's own path in GET. That is base64,
// with or without %XX, padding and slashes in front; what clients and proxies are known to make of
// it is understood too: the alphabet for URLs, a blank for '+', %XX twice, line ends.
// Malformed: anything else, or longer than a question may be.
Result<Bytes> request_of_path(std::string_view path);

// How long an answer without a nonce may be kept by others, and how it is told from the next one.
struct CacheHeaders {
  std::string etag;           // quoted
  std::string last_modified;  // when it was signed
  std::string expires;
  std::string cache_control;  // "max-age=3600, public, no-transform, must-revalidate"
};
// `longest` bounds what is promised, so that a revocation is seen in time by those who ask through
// a cache. The tag is made of the signature, which is another for every answer.
CacheHeaders cache_headers(const CompactAnswer& answer, TimePoint now,
                           std::chrono::seconds longest);

// Whether If-None-Match names that tag (RFC 9110, 13.1.2): then the answer is 304.
bool names_tag(std::string_view if_none_match, std::string_view etag);

}  // namespace everseal::issuance::ocsp
