#pragma once

#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "aws/endpoint/service.h"
#include "aws/fields.h"

// For the tests of this folder: one service of each protocol, as small as they can be.
namespace everseal::aws::endpoint {

// Says what it was told and who told it.
struct Echo {
  static constexpr std::string_view name = "Echo";
  struct Request {
    std::string text;
    static constexpr auto fields = std::tuple{required("Text", &Request::text, length(1, 10))};
  };
  struct Response {
    std::string text, caller, region;
    static constexpr auto fields =
        std::tuple{required("Text", &Response::text), required("Caller", &Response::caller),
                   required("Region", &Response::region)};
  };
  Access access(const Request& request, const Call&) const {
    Access access = on("arn:echo/" + request.text);
    if (request.text == "role")
      access.also.push_back(passing_role("arn:role", "acm.amazonaws.com"));
    return access;
  }
  Result<Response, ApiError> operator()(const Request& request, const Call& call) const {
    if (request.text == "refuse") return ApiError("NotWantedException", 400, "no");
    if (request.text == "break") return Fault::broken("/var/lib: damaged");
    if (request.text == "full") return Fault::unavailable("disk full");
    if (request.text == "throw") throw std::runtime_error("a bug");
    return Response{request.text, call.caller.arn, call.region};
  }
};

// Needs no permission, says nothing.
struct Ping {
  static constexpr std::string_view name = "Ping";
  static constexpr std::size_t body_limit = 100;
  using Request = Empty;
  Access access(const Request&, const Call&) const { return unrestricted(); }
  Result<Empty, ApiError> operator()(const Request&) const { return Empty{}; }
};

// Is told a secret, and forgets it.
struct Confide {
  static constexpr std::string_view name = "Confide";
  struct Request {
    SecretBytes passphrase;
    static constexpr auto fields =
        std::tuple{required("Passphrase", &Request::passphrase, sensitive())};
  };
  Access access(const Request&, const Call&) const { return on_anything(); }
  Result<Empty, ApiError> operator()(const Request&) const { return Empty{}; }
};

// Stores an object; tells how long it is.
struct Store {
  static constexpr std::string_view name = "PutObject";
  static constexpr Http http{"PUT", "/{Bucket}/{Key+}"};
  static constexpr std::size_t body_limit = 1 << 30;
  struct Request {
    std::string bucket, key;
    static constexpr auto fields = std::tuple{required("Bucket", &Request::bucket, in_label()),
                                              required("Key", &Request::key, in_label())};
  };
  struct Response {
    std::int64_t size = 0;
    static constexpr auto fields =
        std::tuple{required("Size", &Response::size, in_header("x-amz-size"))};
  };
  class Storing final : public Upload<Response> {
   public:
    explicit Storing(std::vector<std::string>& stored) : stored_(stored) {}
    Result<void, ApiError> write(ByteView piece) override {
      octets_ += as_text(piece);
      if (octets_.size() > 20) return ApiError("EntityTooLarge", 400, "too large");
      return {};
    }
    Result<Response, ApiError> finish() override {
      if (octets_ == "throw") throw std::runtime_error("a bug");
      stored_.push_back(octets_);
      return Response{static_cast<std::int64_t>(octets_.size())};
    }
    // A body that begins so is signed in itself.
    const Call* proven_call() const override {
      return octets_.starts_with("by ops") ? &signed_inside_ : nullptr;
    }

   private:
    static Call call_of_ops() {
      Call call;
      call.caller.arn = "arn:aws:iam::111122223333:user/ops";
      call.region = "eu-north-1";
      return call;
    }

    std::vector<std::string>& stored_;
    std::string octets_;
    const Call signed_inside_ = call_of_ops();
  };
  Access access(const Request& request, const Call&) const {
    return {.action = "s3:PutObject", .resources = {request.bucket + "/" + request.key}};
  }
  Result<std::unique_ptr<Upload<Response>>, ApiError> open(const Request&, const Call&) const {
    return std::unique_ptr<Upload<Response>>(std::make_unique<Storing>(stored));
  }
  std::vector<std::string>& stored;
};

struct Get {
  static constexpr std::string_view name = "GetFunction";
  static constexpr Http http{"GET", "/2015-03-31/functions/{FunctionName}"};
  struct Request {
    std::string function_name;
    static constexpr auto fields =
        std::tuple{required("FunctionName", &Request::function_name, in_label())};
  };
  struct Response {
    std::string function_name;
    static constexpr auto fields = std::tuple{required("FunctionName", &Response::function_name)};
  };
  Access access(const Request&, const Call&) const { return on_anything(); }
  Result<Response, ApiError> operator()(const Request& request) const {
    return Response{request.function_name};
  }
};

struct TestServices {
  std::vector<std::string> stored;

  std::vector<Service> all() {
    std::vector<Service> services;
    services.emplace_back(Service{{.name = "acm",
                                   .signing_name = "acm",
                                   .protocol = Protocol::AwsJson11,
                                   .target_prefix = "CertificateManager."}});
    services.back().add(Echo{}).add(Ping{}).add(Confide{});
    services.emplace_back(Service{{.name = "logs",
                                   .signing_name = "logs",
                                   .protocol = Protocol::AwsJson11,
                                   .target_prefix = "Logs_20140328.",
                                   .validation_error = "InvalidParameterException"}});
    services.back().add(Echo{});
    services.emplace_back(Service{{.name = "iam",
                                   .signing_name = "iam",
                                   .protocol = Protocol::Query,
                                   .api_version = "2010-05-08",
                                   .xml_namespace = "https://iam.amazonaws.com/doc/2010-05-08/",
                                   .internal_failure = "ServiceFailure"}});
    services.back().add(Echo{}).add(Ping{});
    services.emplace_back(Service{{.name = "sts",
                                   .signing_name = "sts",
                                   .protocol = Protocol::Query,
                                   .api_version = "2011-06-15"}});
    services.back().add(Ping{});
    services.emplace_back(Service{{.name = "sqs",
                                   .signing_name = "sqs",
                                   .protocol = Protocol::AwsJson10,
                                   .target_prefix = "AmazonSQS."}});
    services.back().add(Echo{});
    services.emplace_back(Service{{.name = "sqs",
                                   .signing_name = "sqs",
                                   .protocol = Protocol::Query,
                                   .api_version = "2012-11-05",
                                   .path_member = "Text"}});
    services.back().add(Echo{});
    services.emplace_back(
        Service{{.name = "lambda", .signing_name = "lambda", .protocol = Protocol::RestJson}});
    services.back().add(Get{});
    services.emplace_back(
        Service{{.name = "s3", .signing_name = "s3", .protocol = Protocol::RestXml}});
    services.back().add(Store{stored});
    return services;
  }
};

}  // namespace everseal::aws::endpoint
