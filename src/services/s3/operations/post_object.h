#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/endpoint/authorizer.h"
#include "aws/endpoint/operation.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "aws/sigv4/credential_source.h"
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/s3/object_files.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// PostObject: an object from a form that a browser sends. Who asks, and for what, is proven by the
// policy in the form (form_policy.h), not by the request: so nobody is asked before the form is
// read. Without a policy it is anybody's, as everywhere else.
struct PostObject {
  static constexpr std::string_view name = "PostObject";
  static constexpr aws::Http http{"POST", "/{Bucket}"};
  static constexpr std::size_t body_limit = (std::size_t{5} << 30U) + 64 * 1024;
  struct Request {
    std::string bucket;
    HeaderMap headers;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::optional("", &Request::headers, aws::in_header({}))};
  };
  struct Made {
    std::string location;
    std::string bucket;
    std::string key;
    std::string etag;
    static constexpr auto fields = std::tuple{
        aws::required("Location", &Made::location), aws::required("Bucket", &Made::bucket),
        aws::required("Key", &Made::key), aws::required("ETag", &Made::etag)};
  };
  struct Response {
    std::int64_t status = 204;
    HeaderMap headers{};
    std::optional<Made> made{};  // with 201
    static constexpr auto fields =
        std::tuple{aws::required("Status", &Response::status, aws::as_status()),
                   aws::optional("", &Response::headers, aws::in_header({})),
                   aws::optional("PostResponse", &Response::made, aws::as_payload())};
  };

  aws::Access access(const Request& request, const aws::Call& call) const;
  // PreconditionFailed: it is no form; what FormReader, prove_form and PutObject refuse.
  // InvalidArgument: no key. EntityTooSmall, EntityTooLarge: against the policy. AccessDenied: who
  // signed may not put it.
  Result<std::unique_ptr<aws::endpoint::Upload<Response>>, ApiError> open(
      const Request& request, const aws::Call& call) const;

  sql::Database& database;
  ObjectFiles& files;
  const aws::endpoint::Authorizer& authorizer;
  Random& random;
  const Clock& clock;
  const aws::sigv4::CredentialSource& credentials;
  const Clock& wall;  // by which forms expire
};

}  // namespace everseal::s3
