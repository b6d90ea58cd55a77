#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <vector>

#include "aws/fields.h"
#include "clock/clock.h"

// What EventBridge's model says of connections: of a request that makes one, of a request that
// changes one (`...Change`: what is left out stays), and of an answer (`Shown...`: no secrets).
namespace everseal::events::destinations {

enum class AuthorizationType { Basic, OAuthClientCredentials, ApiKey };
enum class ConnectionState {
  Creating,
  Updating,
  Deleting,
  Authorized,
  Deauthorized,
  Authorizing,
  Deauthorizing,
  Active,
  FailedConnectivity
};
enum class OAuthMethod { Get, Post, Put };
enum class HttpMethod { Post, Get, Head, Options, Put, Patch, Delete };
enum class DestinationState { Active, Inactive };

namespace shapes {

inline constexpr std::string_view kName = R"([\.\-_A-Za-z0-9]+)";
inline constexpr std::string_view kConnectionArn =
    R"(^arn:aws([a-z]|\-)*:events:([a-z]|\d|\-)*:([0-9]{12})?:connection\/[\.\-_A-Za-z0-9]+\/[\-A-Za-z0-9]+$)";
inline constexpr std::string_view kEndpoint =
    R"(^((%[0-9A-Fa-f]{2}|[-()_.!~*';/?:@\x26=+$,A-Za-z0-9])+)([).!';/?:,])?$)";
inline constexpr std::string_view kHeaderText =
    R"(^[ \t]*[^\x00-\x1F:\x7F]+([ \t]+[^\x00-\x1F:\x7F]+)*[ \t]*$)";

template <class Owner>
constexpr auto name(std::string Owner::* member) {
  return aws::required("Name", member, aws::length(1, 64), aws::pattern(kName));
}
template <class Owner>
constexpr auto name_prefix(std::optional<std::string> Owner::* member) {
  return aws::optional("NamePrefix", member, aws::length(1, 64), aws::pattern(kName));
}
template <class Owner>
constexpr auto description(std::optional<std::string> Owner::* member) {
  return aws::optional("Description", member, aws::length(0, 512), aws::pattern(".*"));
}
// Required or optional, by the member.
template <class Owner, class T>
constexpr auto field(std::string_view name, T Owner::* member, auto... rules) {
  constexpr bool is_needed = std::is_same_v<T, std::string>;
  return aws::make_field(is_needed ? aws::Presence::Required : aws::Presence::Optional, name,
                         member, rules...);
}
template <class Owner, class T>
constexpr auto connection_arn(T Owner::* member) {
  return field("ConnectionArn", member, aws::length(1, 1600), aws::pattern(kConnectionArn));
}
template <class Owner>
constexpr auto rate(std::optional<std::int32_t> Owner::* member) {
  return aws::optional("InvocationRateLimitPerSecond", member,
                       aws::range(1, std::numeric_limits<std::int32_t>::max()));
}
template <class Owner>
constexpr auto kms_key(std::optional<std::string> Owner::* member) {
  return aws::optional("KmsKeyIdentifier", member, aws::length(0, 2048),
                       aws::pattern(R"(^[a-zA-Z0-9_\-/:]*$)"));
}
template <class Owner, class T>
constexpr auto endpoint(std::string_view name, T Owner::* member) {
  return field(name, member, aws::length(1, 2048), aws::pattern(kEndpoint));
}
template <class Owner, class T>
constexpr auto header_text(std::string_view name, T Owner::* member) {
  return field(name, member, aws::length(1, 512), aws::pattern(kHeaderText));
}
template <class Owner, class T>
constexpr auto secret_text(std::string_view name, T Owner::* member) {
  return field(name, member, aws::length(1, 512), aws::pattern(kHeaderText), aws::sensitive());
}

// What both sides of a parameter may be.
struct OfHeader {
  static constexpr std::int64_t longest = 512;
  static constexpr std::string_view key = "^[!#$%&'*+-.^_`|~0-9a-zA-Z]+$";
  static constexpr std::string_view value = R"(^[ \t]*[\x20-\x7E]+([ \t]+[\x20-\x7E]+)*[ \t]*$)";
};
struct OfQuery {
  static constexpr std::int64_t longest = 512;
  static constexpr std::string_view key = R"([^\x00-\x1F\x7F]+)";
  static constexpr std::string_view value = R"([^\x00-\x09\x0B\x0C\x0E-\x1F\x7F]+)";
};
struct OfBody {
  static constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max();
  static constexpr std::string_view key = {};
  static constexpr std::string_view value = {};
};

template <class Rules>
struct Parameter {
  std::optional<std::string> key;
  std::optional<std::string> value;
  std::optional<bool> is_value_secret;
  static constexpr auto fields =
      std::tuple{aws::optional("Key", &Parameter::key, aws::length(0, Rules::longest),
                               aws::pattern(Rules::key)),
                 aws::optional("Value", &Parameter::value, aws::length(0, Rules::longest),
                               aws::pattern(Rules::value), aws::sensitive()),
                 aws::optional("IsValueSecret", &Parameter::is_value_secret)};
};

// Added to requests: headers, parameters of the query, members of the body.
struct HttpParameters {
  std::vector<Parameter<OfHeader>> headers;
  std::vector<Parameter<OfQuery>> query;
  std::vector<Parameter<OfBody>> body;
  static constexpr auto fields = std::tuple{
      aws::optional("HeaderParameters", &HttpParameters::headers, aws::length(0, 100)),
      aws::optional("QueryStringParameters", &HttpParameters::query, aws::length(0, 100)),
      aws::optional("BodyParameters", &HttpParameters::body, aws::length(0, 100))};
};

// Text is a std::string where all is said, and optional where what is left out stays.
template <class Text>
struct Basic {
  Text username;
  Text password;
  static constexpr auto fields = std::tuple{header_text("Username", &Basic::username),
                                            secret_text("Password", &Basic::password)};
};

template <class Text>
struct ApiKey {
  Text name;
  Text value;
  static constexpr auto fields = std::tuple{header_text("ApiKeyName", &ApiKey::name),
                                            secret_text("ApiKeyValue", &ApiKey::value)};
};

template <class Text>
struct Client {
  Text id;
  Text secret;
  static constexpr auto fields = std::tuple{header_text("ClientID", &Client::id),
                                            secret_text("ClientSecret", &Client::secret)};
};

struct OAuth {
  Client<std::string> client;
  std::string endpoint;
  OAuthMethod method = OAuthMethod::Post;
  std::optional<HttpParameters> http;
  static constexpr auto fields =
      std::tuple{aws::required("ClientParameters", &OAuth::client),
                 shapes::endpoint("AuthorizationEndpoint", &OAuth::endpoint),
                 aws::required("HttpMethod", &OAuth::method),
                 aws::optional("OAuthHttpParameters", &OAuth::http)};
};
struct OAuthChange {
  std::optional<Client<std::optional<std::string>>> client;
  std::optional<std::string> endpoint;
  std::optional<OAuthMethod> method;
  std::optional<HttpParameters> http;
  static constexpr auto fields =
      std::tuple{aws::optional("ClientParameters", &OAuthChange::client),
                 shapes::endpoint("AuthorizationEndpoint", &OAuthChange::endpoint),
                 aws::optional("HttpMethod", &OAuthChange::method),
                 aws::optional("OAuthHttpParameters", &OAuthChange::http)};
};

// Into a private network of AWS: taken, to be refused with a sentence.
struct Connectivity {
  struct Resource {
    std::string arn;
    static constexpr auto fields =
        std::tuple{aws::required("ResourceConfigurationArn", &Resource::arn, aws::length(0, 2048))};
  };
  Resource resource;
  static constexpr auto fields =
      std::tuple{aws::required("ResourceParameters", &Connectivity::resource)};
};

template <class Text, class OAuthOf>
struct AuthParameters {
  std::optional<Basic<Text>> basic;
  std::optional<OAuthOf> oauth;
  std::optional<ApiKey<Text>> api_key;
  std::optional<HttpParameters> invocation;
  std::optional<Connectivity> connectivity;
  static constexpr auto fields =
      std::tuple{aws::optional("BasicAuthParameters", &AuthParameters::basic),
                 aws::optional("OAuthParameters", &AuthParameters::oauth),
                 aws::optional("ApiKeyAuthParameters", &AuthParameters::api_key),
                 aws::optional("InvocationHttpParameters", &AuthParameters::invocation),
                 aws::optional("ConnectivityParameters", &AuthParameters::connectivity)};
};

struct ShownBasic {
  std::string username;
  static constexpr auto fields = std::tuple{aws::always("Username", &ShownBasic::username)};
};
struct ShownApiKey {
  std::string name;
  static constexpr auto fields = std::tuple{aws::always("ApiKeyName", &ShownApiKey::name)};
};
struct ShownOAuth {
  struct Client {
    std::string id;
    static constexpr auto fields = std::tuple{aws::always("ClientID", &Client::id)};
  };
  Client client;
  std::string endpoint;
  OAuthMethod method = OAuthMethod::Post;
  std::optional<HttpParameters> http;
  static constexpr auto fields =
      std::tuple{aws::always("ClientParameters", &ShownOAuth::client),
                 aws::always("AuthorizationEndpoint", &ShownOAuth::endpoint),
                 aws::always("HttpMethod", &ShownOAuth::method),
                 aws::optional("OAuthHttpParameters", &ShownOAuth::http)};
};
struct ShownAuthParameters {
  std::optional<ShownBasic> basic;
  std::optional<ShownOAuth> oauth;
  std::optional<ShownApiKey> api_key;
  std::optional<HttpParameters> invocation;
  static constexpr auto fields =
      std::tuple{aws::optional("BasicAuthParameters", &ShownAuthParameters::basic),
                 aws::optional("OAuthParameters", &ShownAuthParameters::oauth),
                 aws::optional("ApiKeyAuthParameters", &ShownAuthParameters::api_key),
                 aws::optional("InvocationHttpParameters", &ShownAuthParameters::invocation)};
};

}  // namespace shapes

// How requests of a connection are authorized, with all secrets; and what is to change of it.
using Authorization = shapes::AuthParameters<std::string, shapes::OAuth>;
using AuthorizationChange = shapes::AuthParameters<std::optional<std::string>, shapes::OAuthChange>;

}  // namespace everseal::events::destinations

namespace everseal::aws {
template <>
inline constexpr auto names_of<events::destinations::AuthorizationType> =
    std::to_array<EnumName<events::destinations::AuthorizationType>>(
        {{events::destinations::AuthorizationType::Basic, "BASIC"},
         {events::destinations::AuthorizationType::OAuthClientCredentials,
          "OAUTH_CLIENT_CREDENTIALS"},
         {events::destinations::AuthorizationType::ApiKey, "API_KEY"}});
template <>
inline constexpr auto names_of<events::destinations::ConnectionState> =
    std::to_array<EnumName<events::destinations::ConnectionState>>(
        {{events::destinations::ConnectionState::Creating, "CREATING"},
         {events::destinations::ConnectionState::Updating, "UPDATING"},
         {events::destinations::ConnectionState::Deleting, "DELETING"},
         {events::destinations::ConnectionState::Authorized, "AUTHORIZED"},
         {events::destinations::ConnectionState::Deauthorized, "DEAUTHORIZED"},
         {events::destinations::ConnectionState::Authorizing, "AUTHORIZING"},
         {events::destinations::ConnectionState::Deauthorizing, "DEAUTHORIZING"},
         {events::destinations::ConnectionState::Active, "ACTIVE"},
         {events::destinations::ConnectionState::FailedConnectivity, "FAILED_CONNECTIVITY"}});
template <>
inline constexpr auto names_of<events::destinations::OAuthMethod> =
    std::to_array<EnumName<events::destinations::OAuthMethod>>(
        {{events::destinations::OAuthMethod::Get, "GET"},
         {events::destinations::OAuthMethod::Post, "POST"},
         {events::destinations::OAuthMethod::Put, "PUT"}});
template <>
inline constexpr auto names_of<events::destinations::HttpMethod> =
    std::to_array<EnumName<events::destinations::HttpMethod>>(
        {{events::destinations::HttpMethod::Post, "POST"},
         {events::destinations::HttpMethod::Get, "GET"},
         {events::destinations::HttpMethod::Head, "HEAD"},
         {events::destinations::HttpMethod::Options, "OPTIONS"},
         {events::destinations::HttpMethod::Put, "PUT"},
         {events::destinations::HttpMethod::Patch, "PATCH"},
         {events::destinations::HttpMethod::Delete, "DELETE"}});
template <>
inline constexpr auto names_of<events::destinations::DestinationState> =
    std::to_array<EnumName<events::destinations::DestinationState>>(
        {{events::destinations::DestinationState::Active, "ACTIVE"},
         {events::destinations::DestinationState::Inactive, "INACTIVE"}});
}  // namespace everseal::aws
