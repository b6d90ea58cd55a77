#include "admin_call.h"

#include <CLI/CLI.hpp>
#include <cstdlib>
#include <optional>

#include "aws/sigv4/signer.h"
#include "clock/clock.h"
#include "http/client.h"

namespace everseal::app {
namespace {

std::string environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? std::string() : value;
}

std::string first_of(std::string chosen, const char* name, const std::string& usual) {
  if (chosen.empty()) chosen = environment(name);
  return chosen.empty() ? usual : chosen;
}

http::RequestHead signed_head(const http::Url& url, std::string_view operation,
                              const std::string& body, const std::string& region) {
  const auto secret = SecretBytes::copy_of(environment("AWS_SECRET_ACCESS_KEY"));
  const auto token = environment("AWS_SESSION_TOKEN");
  http::RequestHead head;
  head.method = "POST";
  head.target = url.path + "/";
  head.headers.add("Host", url.host_header());
  head.headers.add("Content-Type", "application/x-amz-json-1.1");
  head.headers.add("X-Amz-Target", "Everseal." + std::string(operation));
  aws::sigv4::sign(head, as_bytes(body),
                   {.access_key_id = environment("AWS_ACCESS_KEY_ID"),
                    .secret = secret,
                    .session_token = token.empty() ? std::nullopt : std::optional(token),
                    .region = region,
                    .service = "everseal"},
                   WallClock().now());
  return head;
}

}  // namespace

void add_server_options(CLI::App& command, AdminServer& server) {
  command.add_option("--endpoint-url", server.endpoint, "Instead of AWS_ENDPOINT_URL");
  command.add_option("--region", server.region, "Instead of AWS_DEFAULT_REGION");
}

Result<std::string> admin_call(const AdminServer& server, std::string_view operation,
                               const std::string& body, std::chrono::milliseconds patience) {
  const auto url =
      http::Url::parse(first_of(server.endpoint, "AWS_ENDPOINT_URL", "http://127.0.0.1:4566"));
  if (!url) return url.error();
  http::ClientOptions options;
  options.timeout = patience;
  if (const auto bundle = environment("AWS_CA_BUNDLE"); !bundle.empty()) options.ca_file = bundle;
  auto client = http::Client::create(*url, options);
  if (!client) return client.error();
  const auto region = first_of(server.region, "AWS_DEFAULT_REGION", "us-east-1");
  auto answer = (*client)->send(signed_head(*url, operation, body, region), body);
  if (!answer) return answer.error();
  if (answer->status != 200) return Fault::conflict("the server refused: " + answer->body);
  return std::move(answer->body);
}

}  // namespace everseal::app
