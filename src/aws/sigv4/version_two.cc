#include "aws/sigv4/version_two.h"

#include <algorithm>
#include <array>
#include <map>
#include <string_view>

#include "aws/sigv4/canonical.h"
#include "crypto/digest.h"
#include "encoding/ascii.h"
#include "encoding/base64.h"

namespace everseal::aws::sigv4 {
namespace {

// What of the query is signed. Sorted.
constexpr auto signed_parameters = std::to_array<std::string_view>({"accelerate",
                                                                    "acl",
                                                                    "analytics",
                                                                    "cors",
                                                                    "defaultObjectAcl",
                                                                    "delete",
                                                                    "inventory",
                                                                    "lifecycle",
                                                                    "location",
                                                                    "logging",
                                                                    "metrics",
                                                                    "notification",
                                                                    "object-lock",
                                                                    "partNumber",
                                                                    "policy",
                                                                    "replication",
                                                                    "requestPayment",
                                                                    "response-cache-control",
                                                                    "response-content-disposition",
                                                                    "response-content-encoding",
                                                                    "response-content-language",
                                                                    "response-content-type",
                                                                    "response-expires",
                                                                    "restore",
                                                                    "select",
                                                                    "select-type",
                                                                    "storageClass",
                                                                    "tagging",
                                                                    "torrent",
                                                                    "uploadId",
                                                                    "uploads",
                                                                    "versionId",
                                                                    "versioning",
                                                                    "versions",
                                                                    "website"});

// "name:value" a line; a session token stands in the query.
std::string amazon_headers(const http::RequestHead& head,
                           const std::vector<Parameter>& parameters) {
  std::map<std::string, std::string> values;
  const auto add = [&](std::string name, std::string_view value) {
    auto& all = values[std::move(name)];
    all += (all.empty() ? "" : ",") + std::string(value);
  };
  for (const auto& header : head.headers) {
    auto name = encoding::lower_case(header.name);
    if (name.starts_with("x-amz-")) add(std::move(name), header.value);
  }
  for (const auto& parameter : parameters) {
    auto name = encoding::lower_case(parameter.name);
    if (name.starts_with("x-amz-")) add(std::move(name), parameter.value);
  }
  std::string lines;
  for (const auto& [name, value] : values) lines += name + ":" + value + "\n";
  return lines;
}

std::string sub_resources(std::vector<Parameter> parameters) {
  std::erase_if(parameters, [](const Parameter& parameter) {
    return !std::ranges::binary_search(signed_parameters, std::string_view(parameter.name));
  });
  std::ranges::sort(parameters, {}, &Parameter::name);
  std::string text;
  for (const auto& [name, value] : parameters) {
    text += (text.empty() ? "?" : "&") + name + (value.empty() ? "" : "=" + value);
  }
  return text;
}

std::string_view header(const http::RequestHead& head, std::string_view name) {
  return head.headers.find(name).value_or("");
}

}  // namespace

std::string version_two_string_to_sign(const http::RequestHead& head) {
  const auto parameters = query_parameters(head.query());
  const auto expires = std::ranges::find(parameters, "Expires", &Parameter::name);
  std::string text = head.method + "\n";
  text.append(header(head, "Content-MD5")).append("\n");
  text.append(header(head, "Content-Type")).append("\n");
  text.append(expires == parameters.end() ? "" : expires->value).append("\n");
  text += amazon_headers(head, parameters);
  return text + std::string(head.path()) + sub_resources(parameters);
}

std::string version_two_signature(ByteView secret, const std::string& text) {
  return encoding::to_base64(crypto::hmac_sha1(secret, as_bytes(text)));
}

}  // namespace everseal::aws::sigv4
