# Converted from ${source?replace("\\s", " ", "r")}<#if draft.origin()?has_content>: ${draft.origin()?replace("\\s", " ", "r")}</#if>
<#list draft.parts() as part>
<#if part.header?has_content>

[${part.header}]
<#elseif part?index gt 0>

</#if>
<#list part.entries as entry>
${entry}<#t>
</#list>
</#list>
