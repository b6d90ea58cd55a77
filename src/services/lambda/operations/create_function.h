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
#include "services/lambda/unsupported.h"

namespace everseal::lambda {

// CreateFunction: code that runs when it is called. Ready at once.
struct CreateFunction {
  static constexpr std::string_view name = "CreateFunction";
  static constexpr aws::Http http{"POST", "/2015-03-31/functions", 201};
  static constexpr std::size_t body_limit = 72 << 20;
  struct Code {
    std::optional<Bytes> zip_file;
    std::optional<std::string> s3_bucket;
    std::optional<std::string> s3_key;
    std::optional<std::string> s3_object_version;
    static constexpr auto fields = std::tuple{
        aws::optional("ZipFile", &Code::zip_file), aws::optional("S3Bucket", &Code::s3_bucket),
        aws::optional("S3Key", &Code::s3_key),
        aws::optional("S3ObjectVersion", &Code::s3_object_version)};
  };
  struct Request {
    std::string function_name;
    std::string role;
    Code code;
    std::optional<std::string> runtime;
    std::optional<std::string> handler;
    std::optional<std::string> description;
    std::optional<std::int64_t> timeout;
    std::optional<std::int64_t> memory_size;
    std::optional<shapes::EphemeralStorage> ephemeral_storage;
    std::optional<shapes::Environment> environment;
    std::optional<std::string> package_type;
    std::vector<std::string> architectures;
    std::vector<std::string> layers;
    std::optional<shapes::DeadLetterConfig> dead_letter_config;
    std::optional<unsupported::VpcConfig> vpc_config;
    std::optional<bool> publish;
    shapes::TagMap tags;
    static constexpr auto fields =
        std::tuple{aws::required("FunctionName", &Request::function_name, shapes::name_length),
                   aws::required("Role", &Request::role, shapes::role_letters),
                   aws::required("Code", &Request::code),
                   aws::optional("Runtime", &Request::runtime),
                   aws::optional("Handler", &Request::handler, shapes::handler_length,
                                 shapes::handler_letters),
                   aws::optional("Description", &Request::description, shapes::description_length),
                   aws::optional("Timeout", &Request::timeout, shapes::timeout_range),
                   aws::optional("MemorySize", &Request::memory_size, shapes::memory_range),
                   aws::optional("EphemeralStorage", &Request::ephemeral_storage),
                   aws::optional("Environment", &Request::environment),
                   aws::optional("PackageType", &Request::package_type),
                   aws::optional("Architectures", &Request::architectures),
                   aws::optional("Layers", &Request::layers),
                   aws::optional("DeadLetterConfig", &Request::dead_letter_config),
                   aws::optional("VpcConfig", &Request::vpc_config),
                   aws::optional("Publish", &Request::publish),
                   aws::optional("Tags", &Request::tags)};
  };
  using Response = shapes::Configuration;

  aws::Access access(const Request& request, const aws::Call& call) const;
  // ResourceConflictException: there is one of that name.
  // InvalidParameterValueException: no runtime or code, a role that Lambda cannot assume, variables
  // that are not to be set, an archive that cannot be unpacked, layers, images, a machine that
  // cannot run functions. RequestTooLargeException: more than 50 MB of code.
  // AccessDeniedException: the caller may not pass the role on.
  Result<Response, ApiError> operator()(const Request& request, const aws::Call& call) const;

  const Functions& functions;
};

}  // namespace everseal::lambda
