#pragma once

#include <string>
#include <utility>
#include <vector>

#include "aws/api_error.h"

namespace everseal::aws::sigv4 {

// The first thing that is wrong with a signature, in the order in which it is looked for.
enum class Failure {
  NoCredentials,  // the request is not signed at all
  BothForms,      // header and query at once
  SigV2,          // the old scheme: spoken in presigned URLs of S3 only
  SigV4A,         // AWS4-ECDSA-P256-SHA256: not spoken here
  Malformed,      // the Authorization header, the query's or a date cannot be read, or lacks a part
  UnknownKey,     // no such access key, or it is switched off
  BadToken,       // the session token is missing, unwanted or not one of ours
  ExpiredToken,   // the session is over
  WrongRegion,    // scope
  WrongScope,     // scope: service, terminator or date
  Expired,        // signed too long ago; presigned: after its time
  NotYetCurrent,  // signed in the future
  HeaderNotSigned,     // host or an x-amz-* header is not among the signed ones
  PayloadHashMissing,  // S3 requires x-amz-content-sha256
  PayloadHashInvalid,  // it is neither a hash nor one of the words
  StreamUnsupported,   // chunk-signed bodies: not spoken here yet
  Mismatch,            // the signature is another
  PayloadMismatch,     // the body is not the one that was signed
  Unavailable,         // the credentials could not be looked up now
};

// How errors are told; one for each family of protocols.
enum class Dialect { Json, Query, RestJson, S3 };

struct Refusal {
  Failure failure = Failure::Malformed;
  std::string message{};   // for the caller; says what to change
  bool presigned = false;  // the credentials are in the query
  // What S3 puts beside the message: <StringToSign>, <ServerTime>, <Region>...
  std::vector<std::pair<std::string, std::string>> details{};
  std::string cause{};  // for the log
};

// The answer in the words of the service's protocol.
ApiError to_api_error(const Refusal& refusal, Dialect dialect);

}  // namespace everseal::aws::sigv4
