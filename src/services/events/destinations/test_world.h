#pragma once

#include <memory>
#include <string>
#include <utility>

#include "encoding/bytes.h"
#include "keys/master_key.h"
#include "keys/vault.h"
#include "services/events/destinations/migrations.h"
#include "services/events/destinations/operations/create_api_destination.h"
#include "services/events/destinations/operations/create_connection.h"
#include "services/events/destinations/operations/describe_api_destination.h"
#include "services/events/destinations/operations/describe_connection.h"
#include "services/events/destinations/service.h"
#include "services/events/test_world.h"

// For tests: EventBridge in memory, with destinations on this machine.
namespace everseal::events::destinations {

struct World : TestWorld {
  explicit World(Settings wanted = {.loopback = true, .ca_file = {}})
      : settings(std::move(wanted)) {
    need(sql::migrate(*database, {jobs::migrations(), archives::migrations(), events::migrations(),
                                  migrations()}));
    outside = need(Service::create({*database, clock, random, log, vault}, settings));
    TestWorld::service.add_targets(outside->targets());
    kinds.add(outside->targets());
    outside->handle_jobs(runner);
  }

  static Authorization basic(const std::string& username = "ada",
                             const std::string& password = "s3cret-word") {
    Authorization made;
    made.basic = shapes::Basic<std::string>{username, password};
    return made;
  }
  static Authorization api_key(const std::string& name = "X-Key",
                               const std::string& value = "s3cret-key") {
    Authorization made;
    made.api_key = shapes::ApiKey<std::string>{name, value};
    return made;
  }
  static Authorization oauth(const std::string& endpoint, OAuthMethod method = OAuthMethod::Post) {
    Authorization made;
    made.oauth = shapes::OAuth{{"client-1", "s3cret-client"}, endpoint, method, {}};
    return made;
  }

  Result<ConnectionAnswer, ApiError> try_connection(const std::string& name, AuthorizationType type,
                                                    const Authorization& authorization) {
    CreateConnection::Request request;
    request.connection = name;
    request.type = type;
    request.authorization = authorization;
    return CreateConnection{*database, clock, random, vault, settings}(request, call);
  }
  // Its ARN.
  std::string connect(const std::string& name, const Authorization& authorization = basic()) {
    const auto type = authorization.oauth     ? AuthorizationType::OAuthClientCredentials
                      : authorization.api_key ? AuthorizationType::ApiKey
                                              : AuthorizationType::Basic;
    return need(try_connection(name, type, authorization)).arn;
  }
  DescribeConnection::Response connection(const std::string& name) {
    return need(DescribeConnection{*database, vault}({name}, call));
  }

  Result<DestinationAnswer, ApiError> try_destination(const std::string& name,
                                                      const std::string& connection_arn,
                                                      const std::string& endpoint,
                                                      std::optional<std::int32_t> rate = {}) {
    CreateApiDestination::Request request;
    request.destination = name;
    request.connection_arn = connection_arn;
    request.endpoint = endpoint;
    request.rate = rate;
    return CreateApiDestination{*database, clock, random, settings}(request, call);
  }
  DescribedDestination destination(const std::string& name) {
    return need(DescribeApiDestination{*database}({name}, call));
  }

  Settings settings;
  keys::MasterKey master_key = keys::MasterKey::in_memory(random);
  keys::Vault vault{master_key, random};
  std::unique_ptr<Service> outside;
};

}  // namespace everseal::events::destinations
