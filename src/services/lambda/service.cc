#include "services/lambda/service.h"

#include <utility>

#include "services/lambda/operations/add_permission.h"
#include "services/lambda/operations/create_alias.h"
#include "services/lambda/operations/create_function.h"
#include "services/lambda/operations/delete_alias.h"
#include "services/lambda/operations/delete_function.h"
#include "services/lambda/operations/delete_function_concurrency.h"
#include "services/lambda/operations/delete_function_event_invoke_config.h"
#include "services/lambda/operations/get_alias.h"
#include "services/lambda/operations/get_function.h"
#include "services/lambda/operations/get_function_code_signing_config.h"
#include "services/lambda/operations/get_function_concurrency.h"
#include "services/lambda/operations/get_function_configuration.h"
#include "services/lambda/operations/get_function_event_invoke_config.h"
#include "services/lambda/operations/get_policy.h"
#include "services/lambda/operations/invoke.h"
#include "services/lambda/operations/list_aliases.h"
#include "services/lambda/operations/list_functions.h"
#include "services/lambda/operations/list_tags.h"
#include "services/lambda/operations/list_versions_by_function.h"
#include "services/lambda/operations/publish_version.h"
#include "services/lambda/operations/put_function_concurrency.h"
#include "services/lambda/operations/put_function_event_invoke_config.h"
#include "services/lambda/operations/remove_permission.h"
#include "services/lambda/operations/tag_resource.h"
#include "services/lambda/operations/untag_resource.h"
#include "services/lambda/operations/update_alias.h"
#include "services/lambda/operations/update_function_code.h"
#include "services/lambda/operations/update_function_configuration.h"
#include "services/lambda/operations/update_function_event_invoke_config.h"

namespace everseal::lambda {

Result<std::unique_ptr<Service>> Service::create(const Surroundings& around,
                                                 const Settings& settings) {
  auto executor = Executor::create({.database = around.database,
                                    .vault = around.vault,
                                    .clock = around.clock,
                                    .wall = around.wall,
                                    .random = around.random,
                                    .log = around.log,
                                    .credentials = around.credentials,
                                    .log_sink = around.log_sink,
                                    .destinations = around.destinations,
                                    .meter = around.meter},
                                   settings, around.serve_endpoint);
  if (!executor) return executor.error();
  return std::unique_ptr<Service>(new Service(around, *std::move(executor)));
}

Service::Service(const Surroundings& around, std::unique_ptr<Executor> executor)
    : executor_(std::move(executor)),
      code_links_(around.database, around.vault, around.clock, around.base_url),
      functions_{.database = around.database,
                 .vault = around.vault,
                 .clock = around.clock,
                 .random = around.random,
                 .log = around.log,
                 .authorizer = around.authorizer,
                 .executor = *executor_,
                 .credentials = around.credentials,
                 .objects = around.objects,
                 .destinations = around.destinations} {}

aws::Service Service::api() const {
  aws::Service service({.name = "lambda",
                        .signing_name = "lambda",
                        .protocol = aws::Protocol::RestJson,
                        .target_prefix = {},
                        .api_version = "2015-03-31"});
  service.add(CreateFunction{functions_})
      .add(GetFunction{functions_, code_links_})
      .add(GetFunctionConfiguration{functions_})
      .add(ListFunctions{functions_})
      .add(UpdateFunctionCode{functions_})
      .add(UpdateFunctionConfiguration{functions_})
      .add(DeleteFunction{functions_})
      .add(Invoke{functions_})
      .add(AddPermission{functions_})
      .add(GetPolicy{functions_})
      .add(RemovePermission{functions_})
      .add(DeleteFunctionConcurrency{functions_})
      .add(DeleteFunctionEventInvokeConfig{functions_})
      .add(GetFunctionCodeSigningConfig{functions_})
      .add(GetFunctionConcurrency{functions_})
      .add(GetFunctionEventInvokeConfig{functions_})
      .add(ListTags{functions_})
      .add(ListVersionsByFunction{functions_})
      .add(PutFunctionConcurrency{functions_})
      .add(PutFunctionEventInvokeConfig{functions_})
      .add(TagResource{functions_})
      .add(UntagResource{functions_})
      .add(UpdateFunctionEventInvokeConfig{functions_})
      .add(CreateAlias{functions_})
      .add(DeleteAlias{functions_})
      .add(GetAlias{functions_})
      .add(ListAliases{functions_})
      .add(PublishVersion{functions_})
      .add(UpdateAlias{functions_});
  return service;
}

}  // namespace everseal::lambda
