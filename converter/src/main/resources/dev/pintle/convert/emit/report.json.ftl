<#macro string text>"${text?json_string}"</#macro>
<#macro fate it>"fate": <@string it.kind.text()/>, "text": <@string it.text/><#if it.hint??>, "hint": <@string it.hint/></#if></#macro>
{
  "version": 1,
  "source": <@string account.source/>,
  "target": <@string account.target/>,
  "ready": ${todo?has_content?then("false", "true")},
  "verdict": <@string verdict/>,
  "todo": [<#list todo as it>

    {"places": [<#list it.places as place>{"file": <@string place.file/>, "line": ${place.line}, "what": <@string place.what/>}<#sep>, </#list>], "text": <@string it.text/><#if it.hint??>, "hint": <@string it.hint/></#if>}<#sep>,</#list>],
  "totals": {<#list totals as kind, count>"${kind}": ${count}<#sep>, </#list>},
  "stop_seconds": {"before": ${report.stop.before!"null"}, "after": ${report.stop.after}},
  "sections": [<#list report.sections as section>

    {"name": <@string section.name/>, "file": <@string section.position.file/>, "line": ${section.position.line},
     "services": [<#list section.services as service><@string service/><#sep>, </#list>], <@fate section.fate/>,
     "keys": [<#list section.keys as key>

       {"name": <@string key.name/>, "file": <@string key.position.file/>, "line": ${key.position.line}, "column": ${key.position.column}, <@fate key.fate/>}<#sep>,</#list>]}<#sep>,</#list>],
  "notes": [<#list report.notes as note>

    {"title": <@string note.title/>, "text": <@string note.text/>}<#sep>,</#list>],
  "warnings": [<#list account.warnings as warning>

    {"code": <@string warning.code/>, "file": <@string warning.file/>, "line": ${warning.line}, "column": ${warning.column}, "message": <@string warning.message/><#if warning.hint??>, "hint": <@string warning.hint/></#if>}<#sep>,</#list>],
  "changes": [<#list account.patches as patch>

    {"file": <@string patch.name/>, "diff": <@string patch.diff/>}<#sep>,</#list>],
  "proof": [<#list account.proof as command><@string command/><#sep>, </#list>]
}
