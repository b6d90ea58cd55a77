#include "aws/sigv4/refusal.h"

#include <array>
#include <cstddef>
#include <string_view>

namespace everseal::aws::sigv4 {
namespace {

struct Code {
  std::string_view name;
  int status;
};

// What the protocols call one failure, in the order of Dialect. REST-JSON says what JSON says, but
// with status 403.
struct Codes {
  Code json, query, s3;
};

constexpr Codes kIncomplete = {{"IncompleteSignatureException", 400},
                               {"IncompleteSignature", 400},
                               {"AuthorizationHeaderMalformed", 400}};
constexpr Codes kUnknown = {{"UnrecognizedClientException", 400},
                            {"InvalidClientTokenId", 403},
                            {"InvalidAccessKeyId", 403}};
constexpr Codes kMismatch = {{"InvalidSignatureException", 400},
                             {"SignatureDoesNotMatch", 403},
                             {"SignatureDoesNotMatch", 403}};

constexpr Codes with_s3(Codes codes, Code s3) {
  codes.s3 = s3;
  return codes;
}

Codes codes_of(const Refusal& refusal) {
  switch (refusal.failure) {
    case Failure::NoCredentials:
      return {{"MissingAuthenticationTokenException", 400},
              {"MissingAuthenticationToken", 403},
              {"AccessDenied", 403}};
    case Failure::BothForms:
      return with_s3(kIncomplete, {"InvalidArgument", 400});
    case Failure::SigV2:
      return with_s3(kIncomplete, {"InvalidRequest", 400});
    case Failure::SigV4A:
      return with_s3(kIncomplete, {"NotImplemented", 501});
    case Failure::Malformed:
      return refusal.presigned ? with_s3(kIncomplete, {"AuthorizationQueryParametersError", 400})
                               : kIncomplete;
    case Failure::UnknownKey:
      return kUnknown;
    case Failure::BadToken:
      return with_s3(kUnknown, {"InvalidToken", 400});
    case Failure::ExpiredToken:
      return {{"ExpiredTokenException", 400}, {"ExpiredToken", 403}, {"ExpiredToken", 400}};
    case Failure::WrongRegion:
    case Failure::WrongScope:
      return refusal.presigned ? with_s3(kMismatch, {"AuthorizationQueryParametersError", 400})
                               : with_s3(kMismatch, {"AuthorizationHeaderMalformed", 400});
    case Failure::Expired:
      if (!refusal.presigned) return with_s3(kMismatch, {"RequestTimeTooSkewed", 403});
      return {{"InvalidSignatureException", 400}, {"RequestExpired", 400}, {"AccessDenied", 403}};
    case Failure::NotYetCurrent:
      return refusal.presigned ? with_s3(kMismatch, {"AccessDenied", 403})
                               : with_s3(kMismatch, {"RequestTimeTooSkewed", 403});
    case Failure::HeaderNotSigned:
      return with_s3(kMismatch, {"AccessDenied", 403});
    case Failure::PayloadHashMissing:
      return with_s3(kMismatch, {"InvalidRequest", 400});
    case Failure::PayloadHashInvalid:
      return with_s3(kMismatch, {"InvalidArgument", 400});
    case Failure::StreamUnsupported:
      return with_s3(kMismatch, {"NotImplemented", 501});
    case Failure::Mismatch:
      return kMismatch;
    case Failure::PayloadMismatch:
      return with_s3(kMismatch, {"XAmzContentSHA256Mismatch", 400});
    case Failure::Unavailable:
      break;
  }
  return {{"ServiceUnavailableException", 503},
          {"ServiceUnavailable", 503},
          {"ServiceUnavailable", 503}};
}

Code told(const Codes& codes, Dialect dialect) {
  switch (dialect) {
    case Dialect::Json:
      return codes.json;
    case Dialect::Query:
      return codes.query;
    case Dialect::S3:
      return codes.s3;
    case Dialect::RestJson:
      break;
  }
  return {codes.json.name, codes.json.status < 500 ? 403 : codes.json.status};
}

}  // namespace

ApiError to_api_error(const Refusal& refusal, Dialect dialect) {
  const Code code = told(codes_of(refusal), dialect);
  ApiError error{code.name, code.status, refusal.message};
  if (refusal.failure == Failure::NoCredentials && dialect == Dialect::S3) {
    error.message = "Access Denied";
  }
  if (refusal.failure == Failure::UnknownKey && dialect == Dialect::S3) {
    error.message = "The AWS Access Key Id you provided does not exist in our records.";
  }
  if (dialect == Dialect::S3) error.details = refusal.details;
  error.cause = refusal.cause;
  return error;
}

}  // namespace everseal::aws::sigv4
