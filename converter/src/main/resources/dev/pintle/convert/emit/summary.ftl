${verdict}
<#list todo as it>
${(it?counter + ".")?left_pad(4)} <#list it.places as place>${place.text}<#sep>, </#list>
     ${page.wrap(it.text, 5)}
<#if it.hint??>     > ${page.wrap(it.hint, 7)}
</#if></#list>
${account.source} -> ${account.target}: <#list totals as kind, count>${count} ${kind}<#sep>, </#list>
