#pragma once

#include <memory>
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
#include "clock/clock.h"
#include "random/random.h"
#include "result/result.h"
#include "services/s3/object_files.h"
#include "services/s3/shapes.h"
#include "services/s3/values/checksum.h"
#include "sql/database.h"

namespace everseal::s3 {

// PutObject: an object of up to 5 GiB, from a stream. It is there as a whole or not at all; whoever
// reads the key meanwhile gets the object before.
struct PutObject {
  static constexpr std::string_view name = "PutObject";
  static constexpr aws::Http http{"PUT", "/{Bucket}/{Key+}"};
  static constexpr std::size_t body_limit = std::size_t{16}
                                            << 30U;  // with framing; see most_octets
  struct Request {
    std::string bucket;
    std::string key;
    HeaderMap headers;
    static constexpr auto fields =
        std::tuple{aws::required("Bucket", &Request::bucket, aws::in_label()),
                   aws::required("Key", &Request::key, aws::in_label()),
                   aws::optional("", &Request::headers, aws::in_header({}))};
  };
  using Response = shapes::OnlyHeaders;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // NoSuchBucket, KeyTooLongError, EntityTooLarge, MetadataTooLarge; BadDigest: the body is not
  // what was announced. PreconditionFailed, and what may_write and headers_to_store refuse.
  Result<std::unique_ptr<aws::endpoint::Upload<Response>>, ApiError> open(
      const Request& request, const aws::Call& call) const;

  sql::Database& database;
  ObjectFiles& files;
  const aws::endpoint::Authorizer& authorizer;
  Random& random;
  const Clock& clock;
};

}  // namespace everseal::s3
