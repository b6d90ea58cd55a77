#include "services/events/destinations/authorization.h"

#include <algorithm>
#include <utility>

#include "aws/protocol/json.h"
#include "aws/protocol/print.h"
#include "aws/protocol/read.h"
#include "http/header_name.h"
#include "secret/secret.h"
#include "services/events/destinations/endpoint.h"
#include "services/events/destinations/errors.h"

namespace everseal::events::destinations {
namespace {

using shapes::HttpParameters;

constexpr std::string_view kParameters = "AuthParameters";

std::string context_of(std::string_view arn) { return "events.connection " + std::string(arn); }

std::string_view wanted_for(AuthorizationType type) {
  switch (type) {
    case AuthorizationType::Basic:
      return "BasicAuthParameters";
    case AuthorizationType::OAuthClientCredentials:
      return "OAuthParameters";
    case AuthorizationType::ApiKey:
      break;
  }
  return "ApiKeyAuthParameters";
}

template <class Parameters>
bool fits(AuthorizationType type, const Parameters& parameters) {
  return parameters.basic.has_value() == (type == AuthorizationType::Basic) &&
         parameters.oauth.has_value() == (type == AuthorizationType::OAuthClientCredentials) &&
         parameters.api_key.has_value() == (type == AuthorizationType::ApiKey);
}

ApiError not_of_type(AuthorizationType type) {
  return invalid_parameter(kParameters, "AuthorizationType " + std::string(aws::name_of(type)) +
                                            " needs " + std::string(wanted_for(type)) +
                                            " and no others.");
}

ApiError not_all_said(AuthorizationType type) {
  return invalid_parameter(kParameters, "All of " + std::string(wanted_for(type)) +
                                            " must be there, for there is nothing to keep.");
}

template <class T>
void hide_secrets(std::vector<shapes::Parameter<T>>& parameters) {
  for (auto& parameter : parameters) {
    parameter.is_value_secret = parameter.is_value_secret.value_or(true);
    if (*parameter.is_value_secret) parameter.value.reset();
  }
}

std::optional<HttpParameters> without_secrets(std::optional<HttpParameters> parameters) {
  if (!parameters) return parameters;
  hide_secrets(parameters->headers);
  hide_secrets(parameters->query);
  hide_secrets(parameters->body);
  return parameters;
}

// Two texts of which either both are said, or what is left out was there.
using TwoTexts = std::optional<std::pair<std::string, std::string>>;
TwoTexts both(const std::optional<std::string>& first, const std::optional<std::string>& second,
              const TwoTexts& before) {
  if (!before && (!first || !second)) return std::nullopt;
  return std::pair{first ? *first : before->first, second ? *second : before->second};
}

std::optional<shapes::Basic<std::string>> changed_basic(
    const std::optional<shapes::Basic<std::string>>& before,
    const shapes::Basic<std::optional<std::string>>& change) {
  const auto all = both(change.username, change.password,
                        before ? TwoTexts({before->username, before->password}) : TwoTexts());
  if (!all) return std::nullopt;
  return shapes::Basic<std::string>{all->first, all->second};
}

std::optional<shapes::ApiKey<std::string>> changed_key(
    const std::optional<shapes::ApiKey<std::string>>& before,
    const shapes::ApiKey<std::optional<std::string>>& change) {
  const auto all = both(change.name, change.value,
                        before ? TwoTexts({before->name, before->value}) : TwoTexts());
  if (!all) return std::nullopt;
  return shapes::ApiKey<std::string>{all->first, all->second};
}

std::optional<shapes::OAuth> changed_oauth(const std::optional<shapes::OAuth>& before,
                                           const shapes::OAuthChange& change) {
  const auto client = change.client.value_or(shapes::Client<std::optional<std::string>>{});
  const auto all = both(client.id, client.secret,
                        before ? TwoTexts({before->client.id, before->client.secret}) : TwoTexts());
  if (!all || (!before && (!change.endpoint || !change.method))) return std::nullopt;
  auto result = before.value_or(shapes::OAuth{});
  result.client = {all->first, all->second};
  result.endpoint = change.endpoint.value_or(result.endpoint);
  result.method = change.method.value_or(result.method);
  if (change.http) result.http = change.http;
  return result;
}

}  // namespace

std::optional<ApiError> refuse(AuthorizationType type, const Authorization& authorization,
                               const Settings& settings) {
  if (authorization.connectivity)
    return invalid_parameter("ConnectivityParameters",
                             "Private networks are not supported by Everseal.");
  if (!fits(type, authorization)) return not_of_type(type);
  if (const auto& key = authorization.api_key;
      key && (!http::is_header_name(key->name) || http::is_of_the_connection(key->name))) {
    return invalid_parameter(
        "ApiKeyName", "It must be the name of an HTTP header, and not one of the connection.");
  }
  if (!authorization.oauth) return std::nullopt;
  const auto refused = refuse_endpoint(authorization.oauth->endpoint, settings);
  if (refused) return invalid_parameter("AuthorizationEndpoint", *refused);
  return std::nullopt;
}

Result<Authorization, ApiError> changed(std::optional<Authorization> before, AuthorizationType type,
                                        const AuthorizationChange& change) {
  const bool is_same_type = before && fits(type, *before);
  const bool says_how = change.basic || change.oauth || change.api_key;
  if (says_how && !fits(type, change)) return not_of_type(type);
  if (!says_how && !is_same_type) return not_all_said(type);
  Authorization result;
  if (before) result.invocation = std::move(before->invocation);
  if (change.invocation) result.invocation = change.invocation;
  result.connectivity = change.connectivity;
  if (is_same_type) {
    result.basic = std::move(before->basic);
    result.oauth = std::move(before->oauth);
    result.api_key = std::move(before->api_key);
  }
  if (change.basic) result.basic = changed_basic(result.basic, *change.basic);
  if (change.oauth) result.oauth = changed_oauth(result.oauth, *change.oauth);
  if (change.api_key) result.api_key = changed_key(result.api_key, *change.api_key);
  if (!fits(type, result)) return not_all_said(type);
  return result;
}

shapes::ShownAuthParameters shown(const Authorization& authorization) {
  shapes::ShownAuthParameters result;
  if (authorization.basic) result.basic = {authorization.basic->username};
  if (authorization.api_key) result.api_key = {authorization.api_key->name};
  if (const auto& oauth = authorization.oauth)
    result.oauth = {.client = {oauth->client.id},
                    .endpoint = oauth->endpoint,
                    .method = oauth->method,
                    .http = without_secrets(oauth->http)};
  result.invocation = without_secrets(authorization.invocation);
  return result;
}

Result<Bytes> seal(const keys::Vault& vault, std::string_view connection_arn,
                   const Authorization& authorization) {
  auto text = aws::protocol::print_json(aws::protocol::print(authorization));
  const auto secret = SecretBytes::copy_of(text);
  wipe(text);
  return vault.seal(secret, context_of(connection_arn));
}

Result<Authorization> open(const keys::Vault& vault, std::string_view connection_arn,
                           ByteView sealed) {
  const auto secret = vault.open(sealed, context_of(connection_arn));
  if (!secret) return secret.error();
  const auto document = aws::protocol::parse_json(secret->reveal_text());
  if (!document) return document.error();
  auto authorization = aws::protocol::read<Authorization>(*document);
  if (!authorization) return Fault::broken("a sealed connection cannot be read");
  return *std::move(authorization);
}

}  // namespace everseal::events::destinations
