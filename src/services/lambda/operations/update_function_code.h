#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "aws/access.h"
#include "aws/api_error.h"
#include "aws/call.h"
#include "aws/fields.h"
#include "aws/protocol/facts.h"
#include "result/result.h"
#include "services/lambda/functions.h"
#include "services/lambda/shapes.h"

namespace everseal::lambda {

// UpdateFunctionCode: other code, from the next invocation on.
struct UpdateFunctionCode {
  static constexpr std::string_view name = "UpdateFunctionCode";
  static constexpr aws::Http http{"PUT", "/2015-03-31/functions/{FunctionName}/code"};
  static constexpr std::size_t body_limit = 72 << 20;
  struct Request {
    std::string function_name;
    std::optional<Bytes> zip_file;
    std::optional<std::string> s3_bucket;
    std::optional<std::string> s3_key;
    std::optional<std::string> s3_object_version;
    std::optional<bool> publish;
    std::optional<bool> dry_run;
    std::optional<std::string> revision_id;
    static constexpr auto fields =
        std::tuple{aws::required("FunctionName", &Request::function_name, aws::in_label(),
                                 shapes::name_length),
                   aws::optional("ZipFile", &Request::zip_file),
                   aws::optional("S3Bucket", &Request::s3_bucket),
                   aws::optional("S3Key", &Request::s3_key),
                   aws::optional("S3ObjectVersion", &Request::s3_object_version),
                   aws::optional("Publish", &Request::publish),
                   aws::optional("DryRun", &Request::dry_run),
                   aws::optional("RevisionId", &Request::revision_id)};
  };
  using Response = shapes::Configuration;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceNotFoundException, PreconditionFailedException.
  // InvalidParameterValueException: an archive that cannot be unpacked.
  // RequestTooLargeException: more than 50 MB.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
