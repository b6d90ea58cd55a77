#include "aws/sigv4/claim.h"

#include <algorithm>
#include <charconv>
#include <chrono>

#include "aws/sigv4/canonical.h"
#include "clock/time_text.h"
#include "encoding/ascii.h"

namespace everseal::aws::sigv4 {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kAsymmetric = "AWS4-ECDSA-P256-SHA256";
constexpr std::string_view kQueryParts =
    "Query-string authentication version 4 requires the X-Amz-Algorithm, X-Amz-Credential, "
    "X-Amz-Signature, X-Amz-Date, X-Amz-SignedHeaders, and X-Amz-Expires parameters.";
constexpr std::uint32_t kLongestExpiry = 604'800;  // a week
constexpr std::size_t kMostSignedHeaders = 256;
constexpr std::int64_t kLastSecond = 253'402'300'799;  // of the year 9999

Refusal malformed_header(std::string message) { return {Failure::Malformed, std::move(message)}; }
Refusal malformed_query(std::string message) {
  return {.failure = Failure::Malformed, .message = std::move(message), .presigned = true};
}
Refusal asymmetric(bool presigned) {
  return {.failure = Failure::SigV4A,
          .message =
              "AWS4-ECDSA-P256-SHA256 signatures are not supported. Please use "
              "AWS4-HMAC-SHA256.",
          .presigned = presigned};
}
Refusal version_two() {
  return {Failure::SigV2,
          "The authorization mechanism you have provided is not supported. Please use "
          "AWS4-HMAC-SHA256."};
}

std::vector<std::string> pieces(std::string_view text, char separator) {
  std::vector<std::string> found;
  for (;;) {
    const auto end = text.find(separator);
    found.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return found;
    text.remove_prefix(end + 1);
  }
}

// "AK/20250102/eu-west-1/s3/aws4_request". Nothing: some other number of parts, or an empty one.
bool read_credential(std::string_view text, Claim& claim) {
  auto parts = pieces(text, '/');
  if (parts.size() != 5) return false;
  if (std::ranges::any_of(parts, &std::string::empty)) return false;
  claim.access_key_id = std::move(parts[0]);
  claim.scope = {std::move(parts[1]), std::move(parts[2]), std::move(parts[3]),
                 std::move(parts[4])};
  return true;
}

// "content-type;host": lower case, no name twice.
bool read_signed_headers(std::string_view text, Claim& claim) {
  claim.signed_headers = pieces(text, ';');
  if (claim.signed_headers.size() > kMostSignedHeaders) return false;
  auto sorted = claim.signed_headers;
  std::ranges::sort(sorted);
  if (std::ranges::adjacent_find(sorted) != sorted.end()) return false;
  return std::ranges::all_of(sorted, [](const std::string& name) {
    return !name.empty() && std::ranges::none_of(name, [](char c) { return c >= 'A' && c <= 'Z'; });
  });
}

// The three parts of an Authorization header behind the name of the algorithm.
struct HeaderParts {
  std::optional<std::string_view> credential, signed_headers, signature;

  std::optional<std::string_view>* named(std::string_view name) {
    if (name == "Credential") return &credential;
    if (name == "SignedHeaders") return &signed_headers;
    if (name == "Signature") return &signature;
    return nullptr;
  }
  // What AWS says about those that are missing; empty when none is.
  std::string complaints() const {
    std::string text;
    const auto require = [&](const auto& part, std::string_view name) {
      if (part && !part->empty()) return;
      if (!text.empty()) text.push_back(' ');
      text.append("Authorization header requires '").append(name).append("' parameter.");
    };
    require(credential, "Credential");
    require(signature, "Signature");
    require(signed_headers, "SignedHeaders");
    return text;
  }
};

Result<HeaderParts, Refusal> split_authorization(std::string_view text) {
  HeaderParts parts;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const auto piece = encoding::trimmed(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    const auto equals = std::min(piece.find('='), piece.size());
    auto* part = parts.named(piece.substr(0, equals));
    if (part == nullptr || equals == piece.size() || *part) {
      return malformed_header(
          "Authorization header must hold Credential, SignedHeaders and Signature once each, as "
          "key=value pairs separated by commas.");
    }
    *part = piece.substr(equals + 1);
  }
  if (auto complaints = parts.complaints(); !complaints.empty()) {
    return malformed_header(std::move(complaints));
  }
  return parts;
}

// An HTTP date; its zone may also be spelt as in mail, which botocore does.
Result<TimePoint> parse_date_header(std::string_view text) {
  if (const auto basic = parse_iso8601_basic(text)) return *basic;
  if (text.ends_with("-0000") || text.ends_with("+0000"))
    text.remove_suffix(5);
  else if (text.ends_with("GMT"))
    text.remove_suffix(3);
  return parse_http_date(std::string(text) + "GMT");
}

// X-Amz-Date, or else Date.
Outcome read_header_date(const http::Headers& headers, Claim& claim) {
  const auto amz_date = headers.find("X-Amz-Date");
  const auto date = headers.find("Date");
  if (!amz_date && !date) return Fault::malformed("no date");
  if (headers.count(amz_date ? "X-Amz-Date" : "Date") > 1) return Fault::malformed("two dates");
  const auto time = amz_date ? parse_iso8601_basic(*amz_date) : parse_date_header(*date);
  if (!time) return time.error();
  claim.signed_at = *time;
  claim.signed_at_text = to_iso8601_basic(*time);
  return {};
}

std::string bad_credential(std::string_view got) {
  return "Credential must have exactly 5 slash-delimited elements, e.g. "
         "keyid/date/region/service/term, got '" +
         std::string(got) + "'";
}

Result<Claim, Refusal> read_header(const http::RequestHead& head, std::string_view text) {
  const auto parts = split_authorization(text.substr(kAlgorithm.size()));
  if (!parts) return parts.error();
  Claim claim;
  if (!read_credential(*parts->credential, claim)) {
    return malformed_header(bad_credential(*parts->credential));
  }
  if (!read_signed_headers(*parts->signed_headers, claim)) {
    return malformed_header("SignedHeaders must be lower case and name no header twice.");
  }
  if (!read_header_date(head.headers, claim)) {
    return malformed_header(
        "Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header with "
        "a valid date, such as 20250102T030405Z.");
  }
  claim.signature = *parts->signature;
  if (head.headers.count("X-Amz-Security-Token") > 1) {
    return malformed_header("More than one X-Amz-Security-Token header.");
  }
  claim.session_token = head.headers.find("X-Amz-Security-Token");
  return claim;
}

// The parameters of a presigned query; each may stand there once.
class QueryParts {
 public:
  explicit QueryParts(std::vector<Parameter> parameters) : parameters_(std::move(parameters)) {}

  std::optional<std::string> one(std::string_view name) {
    std::optional<std::string> found;
    for (const auto& parameter : parameters_) {
      if (parameter.name != name) continue;
      repeated_ = repeated_ || found;
      found = parameter.value;
    }
    return found;
  }
  bool has(std::string_view name) const {
    return std::ranges::find(parameters_, name, &Parameter::name) != parameters_.end();
  }
  bool repeated() const { return repeated_; }

 private:
  std::vector<Parameter> parameters_;
  bool repeated_ = false;
};

Outcome read_expiry(std::string_view text, Claim& claim) {
  std::uint32_t seconds = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (error != std::errc{} || end != text.data() + text.size()) {
    return Fault::malformed("X-Amz-Expires should be a number");
  }
  if (seconds < 1) return Fault::malformed("X-Amz-Expires must be greater than 0");
  if (seconds > kLongestExpiry) {
    return Fault::malformed("X-Amz-Expires must be less than a week (in seconds) that is " +
                            std::to_string(kLongestExpiry));
  }
  claim.expires_seconds = seconds;
  return {};
}

Result<Claim, Refusal> read_query(QueryParts& query) {
  const auto algorithm = query.one("X-Amz-Algorithm");
  if (algorithm == kAsymmetric) return asymmetric(/*presigned=*/true);
  const auto credential = query.one("X-Amz-Credential");
  const auto date = query.one("X-Amz-Date");
  const auto expires = query.one("X-Amz-Expires");
  const auto signed_headers = query.one("X-Amz-SignedHeaders");
  const auto signature = query.one("X-Amz-Signature");
  Claim claim{.presigned = true};
  claim.session_token = query.one("X-Amz-Security-Token");
  if (!algorithm || !credential || !date || !expires || !signed_headers || !signature ||
      query.repeated()) {
    return malformed_query(std::string(kQueryParts));
  }
  if (algorithm != kAlgorithm) {
    return malformed_query("X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\"");
  }
  if (!read_credential(*credential, claim)) return malformed_query(bad_credential(*credential));
  if (!read_signed_headers(*signed_headers, claim)) {
    return malformed_query("X-Amz-SignedHeaders must be lower case and name no header twice.");
  }
  const auto time = parse_iso8601_basic(*date);
  if (!time) {
    return malformed_query(
        "X-Amz-Date must be in the ISO8601 Long Format \"yyyyMMdd'T'HHmmss'Z'\"");
  }
  claim.signed_at = *time;
  claim.signed_at_text = to_iso8601_basic(*time);
  if (const auto read = read_expiry(*expires, claim); !read) {
    return malformed_query(read.error().cause);
  }
  claim.signature = *signature;
  return claim;
}

// Signature Version 2 names the second when it ends, and no region.
Result<Claim, Refusal> read_version_two(QueryParts& query) {
  const auto expires = query.one("Expires");
  Claim claim{.presigned = true, .is_version_two = true};
  claim.access_key_id = query.one("AWSAccessKeyId").value_or("");
  claim.signature = query.one("Signature").value_or("");
  claim.session_token = query.one("x-amz-security-token");
  claim.scope.service = "s3";
  std::int64_t second = -1;
  if (expires) std::from_chars(expires->data(), expires->data() + expires->size(), second);
  if (second < 0 || second > kLastSecond || query.repeated() || claim.access_key_id.empty()) {
    return malformed_query(
        "Query-string authentication requires the Signature, Expires and AWSAccessKeyId "
        "parameters");
  }
  claim.expires_at = TimePoint(std::chrono::seconds(second));
  return claim;
}

Result<Claim, Refusal> read_authorization(const http::RequestHead& head, std::string_view text) {
  const auto scheme = text.substr(0, text.find(' '));
  if (scheme == "AWS") return version_two();
  if (scheme == kAsymmetric) return asymmetric(/*presigned=*/false);
  if (scheme != kAlgorithm) {
    return malformed_header("Unsupported Authorization type: AWS4-HMAC-SHA256 is expected.");
  }
  if (head.headers.count("Authorization") > 1) {
    return malformed_header("More than one Authorization header.");
  }
  return read_header(head, text);
}

}  // namespace

std::string Scope::text() const { return date + "/" + region + "/" + service + "/" + terminator; }

Result<Claim, Refusal> read_claim(const http::RequestHead& head) {
  QueryParts query{query_parameters(head.query())};
  const bool presigned =
      query.has("X-Amz-Algorithm") || query.has("X-Amz-Signature") || query.has("X-Amz-Credential");
  const bool presigned_v2 = query.has("AWSAccessKeyId") && query.has("Signature");
  const auto authorization = head.headers.find("Authorization");
  if (authorization && (presigned || presigned_v2)) {
    return Refusal{Failure::BothForms,
                   "Only one auth mechanism allowed; only the X-Amz-Algorithm query parameter, "
                   "Signature query string parameter or the Authorization header should be "
                   "specified"};
  }
  if (authorization) return read_authorization(head, encoding::trimmed(*authorization));
  if (presigned) return read_query(query);
  if (presigned_v2) return read_version_two(query);
  return Refusal{Failure::NoCredentials, "Missing Authentication Token"};
}

}  // namespace everseal::aws::sigv4
