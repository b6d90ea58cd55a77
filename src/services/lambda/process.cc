#include "services/lambda/process.h"

namespace everseal::lambda {

std::vector<std::string> command_of(const Function& function, const Settings& settings) {
  if (function.runtime.starts_with("python")) {
    return {settings.python, "-B", "/var/runtime/bootstrap.py"};
  }
  if (function.runtime.starts_with("nodejs")) {
    return {settings.node, "--max-old-space-size=" + std::to_string(function.memory_megabytes),
            "/var/runtime/bootstrap.mjs"};
  }
  return {"/var/task/bootstrap"};
}

std::vector<std::string> environment_of(const Function& function, const std::string& log_stream,
                                        const runtime::Doors* doors) {
  std::vector<std::string> all{
      "_HANDLER=" + function.handler,
      "AWS_DEFAULT_REGION=" + function.region,
      "AWS_REGION=" + function.region,
      "AWS_EXECUTION_ENV=AWS_Lambda_" + function.runtime,
      "AWS_LAMBDA_FUNCTION_NAME=" + function.name,
      "AWS_LAMBDA_FUNCTION_MEMORY_SIZE=" + std::to_string(function.memory_megabytes),
      "AWS_LAMBDA_FUNCTION_VERSION=" + function.version,
      "AWS_LAMBDA_INITIALIZATION_TYPE=on-demand",
      "AWS_LAMBDA_LOG_GROUP_NAME=/aws/lambda/" + function.name,
      "AWS_LAMBDA_LOG_STREAM_NAME=" + log_stream,
      "AWS_LAMBDA_RUNTIME_API=" + runtime::runtime_api_address(doors),
      "LAMBDA_TASK_ROOT=/var/task",
      "LAMBDA_RUNTIME_DIR=/var/runtime",
      "HOME=/tmp",
      "NODE_PATH=/opt/nodejs/node_modules:/var/task/node_modules"};
  Variables usual{{"AWS_EC2_METADATA_DISABLED", "true"},
                  {"AWS_ENDPOINT_URL", runtime::endpoint_url(doors)},
                  {"LANG", "en_US.UTF-8"},
                  {"LD_LIBRARY_PATH", "/var/task:/var/task/lib"},
                  {"PATH", "/usr/local/bin:/usr/bin:/bin"},
                  {"PYTHONPATH", "/var/runtime"},
                  {"TZ", ":UTC"}};
  for (const auto& [name, value] : function.environment) usual.insert_or_assign(name, value);
  for (const auto& [name, value] : usual) all.push_back(name + "=" + value);
  return all;
}

}  // namespace everseal::lambda
